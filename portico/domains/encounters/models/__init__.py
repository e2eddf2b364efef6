"""Tables of encounters, in three files; nothing outside this domain imports them."""

from portico.domains.encounters.models.handing_on import Handover
from portico.domains.encounters.models.records import Edit, Encounter
from portico.domains.encounters.models.submissions import Expectation, FilePart, Submission

__all__ = ["Edit", "Encounter", "Expectation", "FilePart", "Handover", "Submission"]
