"""What may be asked for, with whom a request lies, and until when. Pure.

    first -> all -> plan      each for some of the plan's business hours

The first is whoever made the persona, where that person still administers the office, and else whoever has
done so the longest. Nobody decides about oneself, so whoever asks is never among those who are asked.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, TRAITS, Function
from portico.domains.permits.reasons import FINAL, Reason
from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours

MOST_OPEN: Final = 10
"""So many requests of one persona may be open at a time: an inbox that somebody floods helps nobody."""
MOST_A_DAY: Final = 25
"""So many are made by one persona in a day, those taken back again among them: each is a mail to somebody."""
LONGEST_NOTE: Final = 500
MENDED_BY_GRANT: Final = frozenset(
    {
        Reason.FUNCTION_NOT_GRANTED,
        Reason.GRANT_NOT_YET_ACTIVE,
        Reason.GRANT_EXPIRED,
        Reason.TAX_ID_NOT_GRANTED,
        Reason.PROVIDER_NOT_GRANTED,
        Reason.LINE_NOT_GRANTED,
        Reason.REGION_NOT_GRANTED,
    }
)
"""What an administrator mends by handing something out, and so what can be asked for with a request."""


NOT_BY_OWN_OFFICE: Final = frozenset({Reason.CLIENT_DID_NOT_GIVE, Reason.OTHER_SIDE})
"""What no administrator of the own office mends: a client does, or whoever asks by working for another."""


class Step(StrEnum):
    """With whom a request lies."""

    FIRST = "first"
    ALL = "all"
    PLAN = "plan"


class Denial(StrEnum):
    """Why a request was denied; the word stands on its page, the free answer beside it."""

    NOT_NEEDED = "not_needed"
    OTHERS_DO_IT = "others_do_it"
    NOT_KNOWN = "not_known"
    TALK_FIRST = "talk_first"


class Cannot(StrEnum):
    """Why something cannot be asked for with a request."""

    NO_OFFICE = "no_office"
    NOT_HANDED_OUT = "not_handed_out"
    NOTHING_MISSING = "nothing_missing"
    NOT_BY_GRANT = "not_by_grant"
    TAX_ID = "tax_id"
    LINE = "line"
    REGION = "region"
    PROVIDER = "provider"
    SEPARATE_ACCOUNTS = "separate_accounts"
    TOO_MANY = "too_many"
    TOO_OFTEN = "too_often"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants, and where they missed it: "" leaves a dimension as it is in their access.

    `wants_end_user`: an administrator wants to work with patients too. `note`: the person's own words.
    """

    functions: tuple[Function, ...]
    tax_id: str = ""
    line: str = ""
    region: str = ""
    provider: str = ""
    wants_end_user: bool = False
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Present:
    """An administrator who is there today, and since when as such."""

    user_id: int
    since: datetime


def can_be_mended(reasons: Collection[Reason]) -> bool:
    """Does a grant mend something here, and nothing final stand beside it?"""
    is_elsewhere = not NOT_BY_OWN_OFFICE.isdisjoint(reasons)
    return FINAL.isdisjoint(reasons) and not is_elsewhere and not MENDED_BY_GRANT.isdisjoint(reasons)


def may_hold(function: Function, kind: PersonaKind | None) -> bool:
    """Can a persona of this kind be given the function at all?"""
    if function not in GRANTABLE or kind not in (PersonaKind.ADMINISTRATOR, PersonaKind.END_USER):
        return False
    if kind is PersonaKind.ADMINISTRATOR:
        return not TRAITS[function].phi
    return function is not Function.MANAGE_USERS


def begins_with(present: Sequence[Present], *, requester: int, maker: int | None) -> tuple[Step, int | None]:
    """The first step, and the user it lies with; with nobody to ask, the plan."""
    asked = [each for each in present if each.user_id != requester]
    if not asked:
        return Step.PLAN, None
    made_it = (each.user_id for each in asked if each.user_id == maker)
    longest = min(asked, key=lambda each: (each.since, each.user_id)).user_id
    return Step.FIRST, next(made_it, longest)


def follows(step: Step, *, others: int) -> Step | None:
    """The step after one that nobody answered; `others` than the first are there. None after the last."""
    match step:
        case Step.FIRST:
            return Step.ALL if others else Step.PLAN
        case Step.ALL:
            return Step.PLAN
        case Step.PLAN:
            return None


def due_at(hours: Hours, at: datetime, *, business_hours: int) -> datetime:
    """Until when it lies with those it went to at that instant."""
    return business_time.later(hours, at, timedelta(hours=business_hours))


def reminded_before(hours: Hours, at: datetime, *, business_hours: int) -> datetime:
    """Requests due by this instant have used half of their time, and whoever has them is reminded."""
    return business_time.later(hours, at, timedelta(hours=business_hours) / 2)


def digest(wish: Wish) -> str:
    """The same for the same wish, however it was put and whatever the note says."""
    told = [
        sorted(wish.functions),
        wish.tax_id,
        wish.line,
        wish.region,
        wish.provider,
        wish.wants_end_user,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
