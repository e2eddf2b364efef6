"""What may come of a request, and who gets what: the groups of actors that the doors tell apart.

A group answers an outcome for every actor. `by_grant(PAGE)` reads: the page for those whose grants open it,
and for everybody else the refusal that names what is missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portico.domains.permits.functions import DESK_FUNCTIONS, TRAITS, Function
from portico.domains.permits.reasons import Reason
from tests.support.cast import ACTORS, PEOPLE, VISITOR


@dataclass(frozen=True, slots=True)
class Outcome:
    """A status; of a refusal its reasons, of a redirect the route it leads to."""

    status: int
    reasons: tuple[Reason, ...] = ()
    to: str = ""


Outcomes = Mapping[str, Outcome]

PAGE, INVALID, NOT_FOUND, NOT_ALLOWED = Outcome(200), Outcome(422), Outcome(404), Outcome(405)
SIGN_IN = Outcome(302, to="sign_in")
FIRST_SIGN_IN = {"invited": Outcome(302, to="welcome")}

SIGNED_OUT = (VISITOR, "suspended", "disabled")
STAFF = ("operations", "member_services", "support", "communications", "medical_director")

_ACCOUNT = {"pending": Reason.ACCOUNT_PENDING, "broker": Reason.WRONG_AUDIENCE}
_GRANT = {
    "without_function": Reason.FUNCTION_NOT_GRANTED,
    "administrator": Reason.ADMINISTRATOR_HAS_NO_PHI,
    "no_factor": Reason.STEP_UP_REQUIRED,
    "revoked": Reason.GRANT_EXPIRED,
    "expired": Reason.GRANT_EXPIRED,
    "early": Reason.GRANT_NOT_YET_ACTIVE,
    "proposed": Reason.GRANT_PROPOSED,
    "unverified": Reason.VERIFICATION_REQUIRED,
    **dict.fromkeys(STAFF, Reason.FUNCTION_NOT_GRANTED),
}


def goes(route: str) -> Outcome:
    """A redirect to a route, whatever its arguments."""
    return Outcome(302, to=route)


def refused(*reasons: Reason) -> Outcome:
    """The page that says why not, for exactly these reasons in this order."""
    return Outcome(403, reasons)


def everybody(outcome: Outcome) -> dict[str, Outcome]:
    """The same for all."""
    return dict.fromkeys(ACTORS, outcome)


def signed_in(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for whoever is signed in, whatever the account; the others are asked to sign in.

    Whoever has not done the first sign-in goes on with that.
    """
    return everybody(outcome) | dict.fromkeys(SIGNED_OUT, SIGN_IN) | FIRST_SIGN_IN


def own_account(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for every account that is active and of this audience."""
    return signed_in(outcome) | {key: refused(reason) for key, reason in _ACCOUNT.items()}


def by_grant(outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for those who hold a grant that opens patient data."""
    return own_account(outcome) | {key: refused(reason) for key, reason in _GRANT.items()}


def by_desk(function: Function, outcome: Outcome) -> dict[str, Outcome]:
    """The outcome for the desks that hold the function; everybody else lacks it, and perhaps more."""
    return {key: _at_desk(key, function, outcome) for key in ACTORS}


def _at_desk(key: str, function: Function, outcome: Outcome) -> Outcome:
    if key in SIGNED_OUT:
        return SIGN_IN
    if key in FIRST_SIGN_IN:
        return FIRST_SIGN_IN[key]
    desk = PEOPLE[key].desk
    if desk is not None and function in DESK_FUNCTIONS[desk]:
        return outcome
    before, after = [], []
    if key in _ACCOUNT:
        before.append(_ACCOUNT[key])
    if TRAITS[function].phi and key == "unverified":
        before.append(Reason.VERIFICATION_REQUIRED)
    if TRAITS[function].second_factor and key == "no_factor":
        after.append(Reason.STEP_UP_REQUIRED)
    return refused(*before, Reason.FUNCTION_NOT_GRANTED, *after)
