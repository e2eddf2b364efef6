"""What came of a request, as the writer takes it."""

from dataclasses import dataclass

from portico.domains.members.answers import Answered
from portico.domains.members.asked import NotAnswered
from portico.domains.permits.decisions import Decision


@dataclass(frozen=True, slots=True)
class Refused:
    """The question was not permitted; `reference` is the audit row's."""

    decision: Decision
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """Nothing can be said now: asking broke, or was never done. `reference` as above, where there is one."""

    reference: str = ""


Outcome = Answered | NotAnswered | Refused | Failed
