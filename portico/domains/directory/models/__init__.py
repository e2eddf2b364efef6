"""Tables of the directory."""

from portico.domains.directory.models.listings import Language as Language
from portico.domains.directory.models.listings import Listing as Listing
from portico.domains.directory.models.listings import Network as Network
from portico.domains.directory.models.listings import Place as Place
from portico.domains.directory.models.positions import ZipCode as ZipCode
from portico.domains.directory.models.upkeep import Attestation as Attestation
from portico.domains.directory.models.upkeep import Change as Change
from portico.domains.directory.models.upkeep import ChangeFile as ChangeFile
from portico.domains.directory.models.upkeep import NetworkAnswer as NetworkAnswer
from portico.domains.directory.models.upkeep import Reminder as Reminder
