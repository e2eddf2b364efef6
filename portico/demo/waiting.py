"""What lies at the plan's desk on the day the demo is built: registrations in every state there is.

Imported once Django is set up.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from portico.demo import acting, applying, exclusion_feed, papers, post, practices, registrations
from portico.demo.applying import Claims, expect
from portico.domains.permits.actors import Actor
from portico.domains.registration import catalogue, deciding, review, transaction_ids
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Claim
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.deciding_rules import Back, Denial
from portico.domains.registration.review import Assigned


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the claims come from, the instant it is, and two people of the plan by the numbers of users."""

    claims: Claims
    now: datetime
    joan: int
    theo: int

    def at(self, user_id: int, at: datetime) -> Actor:
        """That person, at that instant."""
        return acting.person(user_id, at)


@dataclass(frozen=True, slots=True)
class Case:
    """An application on its way: its transaction ID, its number at the desk, and when it was sent."""

    transaction_id: str
    number: int
    sent_at: datetime


def two_look_at_groups(*, actor: Actor) -> None:
    """The plan's catalogue: of a medical group's application two people decide."""
    offers = [
        replace(each, four_eyes=True)
        if (each.account_type, each.code) == (AccountType.MEDICAL_GROUP, registrations.ADMINISTRATOR)
        else each
        for each in catalogue.current().offers
    ]
    catalogue.replace(actor=actor, offers=offers, was=catalogue.current().number)


def fill(*, desk: Desk) -> list[dict[str, Any]]:
    """Make every one; answers what `var/demo.json` says of them. One link is left in the mailbox."""
    told = [_told(key, make(desk), says) for key, make, says in _MAKERS]
    post.sent(desk.now)
    return [
        *told,
        _told("approved", _approved(desk), "Approved: the link is in the mailbox, and opens with this"),
    ]


def _told(key: str, case: Case, says: str) -> dict[str, Any]:
    return {"key": key, "transaction_id": transaction_ids.shown(case.transaction_id), "says": says}


def _sent(desk: Desk, claim: Claim, ago: str) -> Case:
    """Sent so many business days ago."""
    at = applying.earlier(desk.now, ago)
    transaction_id = applying.submit(claim, at=at)
    number = applying.number_of(desk.at(desk.joan, at), transaction_id)
    return Case(transaction_id, number, at)


def _taken(desk: Desk, case: Case, who: int, *, after: str, note: str) -> None:
    """Somebody of the plan takes it, and notes something."""
    actor = desk.at(who, applying.later(case.sent_at, after))
    expect(review.assign(actor=actor, number=case.number, to=who), Assigned.DONE)
    review.note(actor=actor, number=case.number, text=note)


def _returned(desk: Desk, case: Case, *, after: str, reason: Back, missing: tuple[str, ...]) -> None:
    actor = desk.at(desk.joan, applying.later(case.sent_at, after))
    expect(deciding.send_back(actor=actor, number=case.number, reason=reason, missing=missing), Outcome.DONE)


def _new(desk: Desk) -> Case:
    return _sent(desk, desk.claims.office(), "0.1")


def _soon_due(desk: Desk) -> Case:
    return _sent(desk, desk.claims.organization(), "1.8")


def _overdue(desk: Desk) -> Case:
    return _sent(desk, desk.claims.office(), "2.4")


def _overdue_assigned(desk: Desk) -> Case:
    case = _sent(desk, desk.claims.organization(), "3.2")
    _taken(
        desk, case, desk.theo, after="1.1", note="Called twice, nobody there. Will try again in the morning."
    )
    return case


def _assigned(desk: Desk) -> Case:
    claim = desk.claims.physician()
    case = _sent(desk, replace(claim, tax_ids=(claim.tax_ids[0][::-1],)), "0.9")
    _taken(desk, case, desk.joan, after="0.4", note="Waiting for the office manager to call back.")
    return case


def _sent_back(desk: Desk) -> Case:
    case = _sent(desk, desk.claims.office(), "2.2")
    _taken(desk, case, desk.joan, after="0.3", note="The letter names another office.")
    _returned(desk, case, after="0.8", reason=Back.DIFFERS, missing=("office_name", "letter"))
    return case


def _corrected(desk: Desk) -> Case:
    case = _sent(desk, desk.claims.office(), "2.6")
    _returned(desk, case, after="0.6", reason=Back.MORE_NEEDED, missing=("tax_form",))
    letter = papers.page("Form W-9", "Request for Taxpayer Identification Number", "Signed by the office")
    applying.hand_in(case.transaction_id, "tax_form", letter, at=applying.later(case.sent_at, "1.6"))
    return case


def _seconding(desk: Desk) -> Case:
    claim = replace(desk.claims.organization(), account_type=AccountType.MEDICAL_GROUP)
    case = _sent(desk, claim, "1.2")
    applying.approve(desk.at(desk.joan, applying.later(case.sent_at, "0.7")), case.number)
    return case


def _licence_differs(desk: Desk) -> Case:
    claim = replace(desk.claims.physician(), licence_number="A9988123")
    case = _sent(desk, claim, "0.6")
    copy = papers.page("Medical Board", f"{claim.first_name} {claim.last_name}", "Licence A9988123, current")
    applying.hand_in(case.transaction_id, "licence", copy, at=applying.later(case.sent_at, "0.1"))
    return case


def _nothing_matches(desk: Desk) -> Case:
    claim = registrations.solo(practices.GRACE_LIN, practices.LAKESIDE)
    stranger = replace(
        claim,
        first_name="Rufus",
        last_name="Ellery",
        email="rufus.ellery@example.org",
        office_name="Ellery Wellness",
        npi=practices.npi(997),
        tax_ids=("899900025",),
        licence_number="A9900997",
    )
    return _sent(desk, stranger, "0.3")


def _excluded(desk: Desk) -> Case:
    claim = replace(desk.claims.organization(), account_type=AccountType.ANCILLARY)
    return _sent(desk, replace(claim, office_name=exclusion_feed.EXCLUDED), "0.4")


def _denied(desk: Desk) -> Case:
    case = _sent(desk, desk.claims.office(), "1.5")
    actor = desk.at(desk.theo, applying.later(case.sent_at, "0.9"))
    expect(deciding.deny(actor=actor, number=case.number, reason=Denial.NOT_AUTHORIZED), Outcome.DONE)
    return case


def _recognised(desk: Desk) -> Case:
    return _sent(desk, registrations.solo(practices.LUIS_ARANDA, practices.CEDAR_RIDGE), "0.7")


def _approved(desk: Desk) -> Case:
    case = _sent(desk, desk.claims.organization(), "0.8")
    post.sent(desk.now)
    applying.approve(desk.at(desk.joan, desk.now), case.number)
    return case


_MAKERS: Final[tuple[tuple[str, Callable[[Desk], Case], str], ...]] = (
    ("new", _new, "Waits at the desk, sent a short while ago"),
    ("soon_due", _soon_due, "Waits, and is due soon"),
    ("overdue", _overdue, "Waits, and is overdue"),
    ("overdue_assigned", _overdue_assigned, "Overdue; somebody has it, and a note says why"),
    ("assigned", _assigned, "The tax ID differs; Joan Merritt has it"),
    ("returned", _sent_back, "Sent back: correct the office's name, and hand in a letter"),
    ("corrected", _corrected, "Was sent back, and answered with a document"),
    ("seconding", _seconding, "A medical group with one yes: Marta Kowal may say the second"),
    ("licence_differs", _licence_differs, "The licence differs, and a copy of it was handed in"),
    ("nothing_matches", _nothing_matches, "Nothing of it is on file"),
    ("excluded", _excluded, "On the list of exclusions: the applicant reads only that it is being checked"),
    ("denied", _denied, "Denied, with the reason and how to appeal"),
    ("recognised", _recognised, "The office has an account: its administrators can be asked"),
)
