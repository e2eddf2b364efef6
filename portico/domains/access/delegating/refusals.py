"""Why something is not handed out or taken away. Each refusal has a stable code; the work is undone."""

from collections.abc import Sequence

from portico.domains.access.delegating.ceiling_rules import Fault
from portico.domains.access.delegating.confirming_rules import MayNotConfirm
from portico.domains.access.delegating.person_rules import BadPerson
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.officers.standing import LastAdministrator
from portico.domains.access.rules import CannotGrant
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.offices.offices import UnknownOffice


class CannotGive(CannotGrant):
    """What is wanted is nothing an office can hold; `code` says why, `values` what it is about."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(" ".join((code, *values)))
        self.code = code
        self.values = values


class BeyondCeiling(PermissionError):
    """It goes beyond what the giver may hand out, or take away; `faults` in what."""

    code = "beyond_ceiling"

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        super().__init__(", ".join(f"{fault.function}: {fault.beyond}" for fault in faults) or self.code)
        self.faults = tuple(faults)


class ChangedMeanwhile(ValueError):
    """Somebody else changed this access since the one who asks read it."""

    code = "changed_meanwhile"


class AlreadyHere(ValueError):
    """The user acts as this for the office already, or did: then it can be restored."""

    code = "already_here"


class SeparateAccounts(ValueError):
    """The plan wants two accounts for somebody who administers and works with patients."""

    code = "separate_accounts"


REFUSALS = (
    AlreadyHere,
    BadPerson,
    BadUsername,
    BeyondCeiling,
    CannotGrant,
    CannotInvite,
    ChangedMeanwhile,
    LastAdministrator,
    MayNotConfirm,
    OutOfReach,
    SeparateAccounts,
    UnknownOffice,
    UnknownPerson,
    UsernameTaken,
)
_CODES = {
    BadUsername: "bad_username",
    UsernameTaken: "username_taken",
    UnknownOffice: "unknown_office",
}


def code_of(error: Exception) -> str:
    """The stable code of a refusal."""
    if isinstance(error, CannotInvite):
        return str(error.hindrance)
    return getattr(error, "code", None) or _CODES.get(type(error), "cannot_grant")
