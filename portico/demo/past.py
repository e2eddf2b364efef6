"""The registrations of the last three months: sent, decided by people of the plan, some of them completed.

The published turnaround is theirs. Imported once Django is set up.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from portico.demo import acting, applying, post, registrations
from portico.demo.applying import Claims, expect
from portico.demo.post import Mail
from portico.domains.plan import opening
from portico.domains.registration import completion, deciding, instant, lapsing
from portico.domains.registration.claims import Claim
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import Denial


@dataclass(frozen=True, slots=True)
class Past:
    """So many days ago somebody sent it; the plan took so many of its own days.

    Approved, and `completed` or never fetched; or `denied`. `is_place`: a hospital or another place.
    """

    days_ago: int
    took: str
    completed: bool = False
    denied: Denial | None = None
    is_place: bool = False


BEGINS: Final = timedelta(days=95)
_LINK: Final = "?t="
PAST: Final = (
    Past(86, "1.3", completed=True, is_place=True),
    Past(83, "0.4"),
    Past(80, "1.7", is_place=True),
    Past(76, "0.6", denied=Denial.TWICE),
    Past(73, "0.9"),
    Past(70, "2.6", is_place=True),
    Past(66, "0.5", completed=True),
    Past(62, "1.1"),
    Past(59, "1.9", denied=Denial.NOT_VERIFIED, is_place=True),
    Past(55, "0.3"),
    Past(51, "0.8"),
    Past(48, "1.2", completed=True, is_place=True),
    Past(44, "0.7"),
    Past(41, "1.5", denied=Denial.NO_ANSWER),
    Past(38, "0.9"),
    Past(34, "2.2", is_place=True),
    Past(31, "0.4", completed=True),
    Past(27, "1.0", completed=True),
    Past(23, "1.6", completed=True, is_place=True),
    Past(20, "0.5"),
    Past(17, "1.8", denied=Denial.NOT_VERIFIED),
    Past(13, "0.6", completed=True),
)


def around(days_ago: int) -> tuple[Sequence[Past], Sequence[Past]]:
    """Those sent more than so many days ago, and those sent since; the oldest first."""
    before = [each for each in PAST if each.days_ago > days_ago]
    return before, PAST[len(before) :]


def make(found: Sequence[Past], *, claims: Claims, staff: Sequence[int], now: datetime) -> None:
    """Make these, decided by each of the staff in turn."""
    for place, each in enumerate(found):
        at = _morning(now - timedelta(days=each.days_ago))
        claim = claims.organization() if each.is_place else claims.office()
        transaction_id = applying.submit(claim, at=at)
        decided_at = applying.later(at, each.took)
        desk = acting.person(staff[place % len(staff)], decided_at)
        number = applying.number_of(desk, transaction_id)
        if each.denied is not None:
            expect(deciding.deny(actor=desk, number=number, reason=each.denied), Outcome.DONE)
        else:
            applying.approve(desk, number)
        mails = post.sent(decided_at)
        if each.completed:
            _complete(claim, transaction_id, mails, at=decided_at + timedelta(hours=3))
    post.sent(now)


def take_licence(*, at: datetime) -> None:
    """The physician whose licence is taken already registers, and is in at once."""
    claim = registrations.TAKEN.claim
    transaction_id = applying.submit(claim, at=at)
    instant.complete(
        actor=acting.visitor(at),
        transaction_id=transaction_id,
        username=_username(claim),
        password=secrets.token_urlsafe(),
    )
    post.sent(at)


def lapse(*, at: datetime) -> None:
    """What nobody fetched in time is over."""
    lapsing.lapse(actor=acting.system(at))


def _complete(claim: Claim, transaction_id: str, mails: Sequence[Mail], *, at: datetime) -> None:
    """The applicant opens the mailed link and chooses a username; the password is nobody's to know."""
    [link] = [str(mail.facts["link"]) for mail in mails if mail.to == claim.email and "link" in mail.facts]
    completion.complete(
        actor=acting.visitor(at),
        secret=link.partition(_LINK)[2],
        transaction_id=transaction_id,
        address="",
        username=_username(claim),
        password=secrets.token_urlsafe(),
    )


def _username(claim: Claim) -> str:
    named = f"{registrations.plain(claim.first_name)}.{registrations.plain(claim.last_name)}"
    return f"{named}.{claim.tax_ids[0][-3:]}"


def _morning(at: datetime) -> datetime:
    """Five past nine of that day, by the plan's own clock."""
    zone = opening.hours().zone
    return at.astimezone(zone).replace(hour=9, minute=5, second=0, microsecond=0)
