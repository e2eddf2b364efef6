"""How accounts and their steps are spoken of, to the plan's desk and to an office's administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portico.domains.access.looking_after import Why
from portico.domains.access.people import PersonaHeld
from portico.domains.access.reset_rules import Hindrance
from portico.domains.accounts.joining.invitations import Hindrance as InvitingHindrance
from portico.domains.accounts.joining.provisioning_rules import Progress, Seen, Standing, Step, Stuck
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Desk
from portico.domains.permits.reasons import FixedBy
from portico.edges.web.context import PERSONA_NAMES

STANDINGS: Final[Mapping[Standing, tuple[str, str]]] = {
    Standing.INVITED: ("Invited", "caution"),
    Standing.INVITATION_OVER: ("Invitation over", "negative"),
    Standing.PENDING: ("Waits for approval", "caution"),
    Standing.ACTIVE: ("Active", "positive"),
    Standing.LOCKED: ("Locked", "negative"),
    Standing.SUSPENDED: ("Suspended", "caution"),
    Standing.DISABLED: ("Disabled", "neutral"),
}
DESKS: Final[Mapping[Desk, str]] = {
    Desk.OPERATIONS: "Operations",
    Desk.MEMBER_SERVICES: "Member services",
    Desk.SUPPORT: "Support",
    Desk.COMMUNICATIONS: "Communications",
    Desk.CLINICAL_REVIEW: "Clinical Review",
    Desk.MEDICAL_DIRECTION: "Medical Direction",
}
STEPS: Final[Mapping[Step, str]] = {
    Step.MADE: "Account made",
    Step.INVITED: "Invited",
    Step.CREDENTIALS: "Password set",
    Step.FACTOR: "Second factor set up",
    Step.IDENTITY: "Identity verified",
    Step.TERMS: "Terms of use accepted",
    Step.ACCOUNT: "Account open",
    Step.SIGNED_IN: "Last sign-in",
}
# What a step says more, by its code; the empty code is what it says while nothing is done.
SAYS: Final[Mapping[Step, Mapping[str, str]]] = {
    Step.MADE: {},
    Step.INVITED: {
        "": "No invitation was needed.",
        "none": "Nobody has invited this person.",
        "open": "The invitation was mailed and not used yet.",
        "taken": "The invitation is being used; the steps of the first sign-in are not all done.",
        "expired": "The invitation ran out before it was used.",
        "cancelled": "The invitation was taken back.",
        "replaced": "The invitation was replaced by another one.",
        "misses": "The invitation was closed after too many wrong tries.",
        "not_mine": "Whoever got the mail said that it was not meant for them.",
    },
    Step.CREDENTIALS: {"": "No password yet.", "elsewhere": "Signs in through another provider."},
    Step.FACTOR: {
        "": "None yet. Until there is one, patient data stays closed.",
        "elsewhere": "The provider the person signs in with asks for it.",
    },
    Step.IDENTITY: {
        "": "Not yet, and something this person may do asks for it.",
        "asked": "The person has begun to prove it.",
        "handed_in": "What the person handed in waits for the plan.",
        "refused": "The plan could not accept what was handed in.",
    },
    Step.TERMS: {"": "Not yet.", "changed": "The terms changed since; they are shown at the next sign-in."},
    Step.ACCOUNT: {
        "": "Not before the steps of the first sign-in are done.",
        "locked": "Locked after failed sign-ins.",
        "suspended": "Suspended: the account was not used for a long time.",
        "disabled": "Disabled: nobody signs in with it. Nothing of it was deleted.",
        "pending": "Waits for the plan's approval.",
    },
    Step.SIGNED_IN: {},
}
NOT_ASKED: Final[Mapping[Step, str]] = {
    Step.INVITED: "Not needed: the account was made with a password.",
    Step.IDENTITY: "Not asked of this account.",
    Step.TERMS: "None are published.",
    Step.SIGNED_IN: "Never.",
}
FIXERS: Final[Mapping[FixedBy, str]] = {
    FixedBy.YOURSELF: "The person takes this step.",
    FixedBy.ADMINISTRATOR: "An administrator of the office can mend it, or the plan.",
    FixedBy.CLIENT: "An administrator of the office it works for can mend it.",
    FixedBy.PLAN: "The plan can mend it.",
}
WHYS: Final[Mapping[Why, str]] = {
    Why.CALLED: "They called, and I made sure who it was",
    Why.IN_PERSON: "They came in person",
    Why.WROTE: "They wrote, from a place we know",
    Why.OFFICE_ASKED: "Their office asked for it",
    Why.LEFT: "They left the office",
    Why.MISUSE: "The account may be in the wrong hands",
    Why.BY_MISTAKE: "It was made or disabled by mistake",
}
HINDRANCES: Final[Mapping[Hindrance, str]] = {
    Hindrance.OWN_ACCOUNT: "It is your own account: another person decides.",
    Hindrance.ASKED_ONESELF: "You asked for it: another person has to agree.",
    Hindrance.INVITED_EACH_OTHER: "One of you invited the other, you or the person who asked: a third person "
    "decides, or the plan.",
    Hindrance.CAME_SINCE: "It was asked before your account was open: somebody else decides, or the plan.",
    Hindrance.OPERATIONS_DECIDE: "It is an account of the plan's staff: somebody of Operations has to agree.",
    Hindrance.PLAN_DECIDES: "For this person somebody of the plan has to agree.",
}
CANNOT_INVITE: Final[Mapping[InvitingHindrance, str]] = {
    InvitingHindrance.ACTIVATED: "The first sign-in is done: there is nothing to be invited to.",
    InvitingHindrance.DISABLED: "The account is disabled. Enable it first.",
    InvitingHindrance.NO_MAIL_ADDRESS: "The account has no mail address to send an invitation to.",
    InvitingHindrance.TOO_MANY_TODAY: "Enough invitations were sent today. Try again tomorrow.",
}


@dataclass(frozen=True, slots=True)
class StepWords:
    """A step as its page says it; `sign` is done, waiting, stopped or not_asked."""

    label: str
    sign: str
    says: str
    at: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class StuckWords:
    """Where the account is stuck, why, and who can mend it."""

    at: str
    says: str
    fixed_by: str


def step(seen: Seen) -> StepWords:
    """A step in words."""
    return StepWords(STEPS[seen.step], seen.progress, _says(seen), seen.at, seen.until)


def stuck(found: Stuck | None) -> StuckWords | None:
    """The same of where it is stuck."""
    if found is None:
        return None
    return StuckWords(STEPS[found.step], SAYS[found.step].get(found.code, ""), FIXERS[found.by])


def persona(held: PersonaHeld) -> tuple[str, str]:
    """What somebody acts as, and where."""
    where = DESKS[Desk(held.desk)] if held.desk else held.office_name
    return PERSONA_NAMES[PersonaKind(held.kind)], where


def _says(seen: Seen) -> str:
    if seen.progress is Progress.NOT_ASKED:
        return SAYS[seen.step].get(seen.code, "") if seen.code else NOT_ASKED.get(seen.step, "")
    if seen.progress is Progress.DONE:
        return SAYS[seen.step].get(seen.code, "") if seen.code else ""
    return SAYS[seen.step].get(seen.code, "")
