"""What people without an account have sent: wishes to take part in the network, questions, calls to make.

Imported once Django is set up.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from portico.demo import acting, applying, practices
from portico.demo.acting import CannotFurnish
from portico.domains.permits.actors import Actor
from portico.domains.registration import network, network_review, transaction_ids
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.network_rules import Decline, Wish
from portico.domains.support import answering, enquiries
from portico.domains.support.enquiries import Asked
from portico.domains.support.rules import BestTime, Ending, Kind, Topic

_NOT_KNOWN = ""
_WISH: Final = Wish(
    kind=AccountType.PHYSICIAN,
    office_name="Snowline Allergy Care",
    npi=practices.npi(951),
    tax_id="899910014",
    contact_name="Verity Munro",
    email="verity.munro@example.org",
    telephone="2095550181",
    specialty="Allergies",
    regions=("cedar-highlands",),
    lines=("employer-ppo", "medi-cal"),
)
WISHES: Final = (
    ("received", "0.4", _WISH),
    (
        "in_review",
        "4.5",
        replace(
            _WISH,
            kind=AccountType.ANCILLARY,
            office_name="Raisin Park Laboratory",
            npi=practices.npi(952),
            tax_id="899910022",
            contact_name="Emil Strand",
            email="emil.strand@example.org",
            specialty="Laboratory",
            regions=("mission-plain",),
        ),
    ),
    (
        "overdue",
        "11.5",
        replace(
            _WISH,
            kind=AccountType.MEDICAL_GROUP,
            office_name="Joshua Reach Physicians",
            npi=practices.npi(953),
            tax_id="899910030",
            contact_name="Imogen Farrow",
            email="imogen.farrow@example.org",
            specialty="Several specialties",
            regions=("inland-basin",),
        ),
    ),
    (
        "invited",
        "9.0",
        replace(
            _WISH,
            office_name="Kelp Landing Eye Care",
            npi=practices.npi(954),
            tax_id="899910048",
            contact_name="Anselm Roe",
            email="anselm.roe@example.org",
            specialty="Eye care",
            regions=("harbor-coast",),
        ),
    ),
    (
        "declined",
        "15.0",
        replace(
            _WISH,
            office_name="Arroyo Wellness",
            npi=practices.npi(955),
            tax_id="899910055",
            contact_name="Delphine Ost",
            email="delphine.ost@example.org",
            specialty="Acupuncture",
            regions=("inland-basin",),
        ),
    ),
)
_SAYS: Final = {
    "received": "Came in, nobody has it yet",
    "in_review": "Joan Merritt has it",
    "overdue": "Joan Merritt has it, and it is overdue",
    "invited": "Invited: the plan gets in touch about a contract",
    "declined": "Declined, with the reason",
}
_CALL: Final = Asked(
    kind=Kind.CALL_BACK,
    topic=Topic.REGISTRATION,
    name="Harriet Voss",
    office_name="Levee Family Care",
    telephone="(559) 555-0166",
    best_time=BestTime.MORNING,
    text="Our licence was renewed last week. Which number do we enter?",
)
ENQUIRIES: Final = (
    ("0.2", _CALL, None),
    (
        "1.4",
        Asked(
            kind=Kind.CALL_BACK,
            topic=Topic.SIGN_IN,
            name="Abel Montrose",
            telephone="(916) 555-0158",
            text="My new phone does not take the codes of the old one.",
        ),
        None,
    ),
    (
        "0.8",
        Asked(
            kind=Kind.QUESTION,
            topic=Topic.SOFTWARE,
            name="Sunniva Dahl",
            office_name="Delta Fork Urgent Care",
            email="sunniva.dahl@example.org",
            text="Does our practice software connect by FHIR or by X12?",
        ),
        None,
    ),
    (
        "3.5",
        Asked(
            kind=Kind.QUESTION,
            topic=Topic.NETWORK,
            name="Lorcan Tate",
            email="lorcan.tate@example.org",
            text="How long does it take to join the network?",
        ),
        Ending.ANSWERED,
    ),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """The instant it is, and somebody of the plan by the number of the user."""

    now: datetime
    joan: int


def everything(*, desk: Desk) -> list[dict[str, str]]:
    """Send every wish and question; answers what `var/demo.json` says of the wishes."""
    for ago, asked, ending in ENQUIRIES:
        _ask(desk, ago, asked, ending)
    return [
        {"key": key, "tracking_number": _wish(desk, key, ago, wish), "says": _SAYS[key]}
        for key, ago, wish in WISHES
    ]


def _wish(desk: Desk, key: str, ago: str, wish: Wish) -> str:
    at = applying.earlier(desk.now, ago)
    told = network.ask(actor=acting.visitor(at), wish=wish, address=_NOT_KNOWN).tracking_number
    joan = acting.person(desk.joan, applying.later(at, "0.3") if key != "received" else desk.now)
    number = network_review.find(actor=joan, tracking_number=told)
    if number is None:
        raise CannotFurnish("a wish of the demo is not at the desk")
    _handled(joan, number, key)
    return transaction_ids.shown(told)


def _handled(joan: Actor, number: int, key: str) -> None:
    """Take it, note something, or answer it."""
    if key == "received":
        return
    network_review.assign(actor=joan, number=number, takes=True)
    if key == "invited":
        network_review.invite(actor=joan, number=number)
    elif key == "declined":
        network_review.decline(actor=joan, number=number, reason=Decline.NO_NEED)
    else:
        network_review.note(actor=joan, number=number, text="Contracting looks at the region first.")


def _ask(desk: Desk, ago: str, asked: Asked, ending: Ending | None) -> None:
    at = applying.earlier(desk.now, ago)
    reference = enquiries.ask(actor=acting.visitor(at), asked=asked, address=_NOT_KNOWN).reference
    if ending is None:
        return
    joan = acting.person(desk.joan, applying.later(at, "0.5"))
    number = answering.find(actor=joan, reference=reference)
    if number is None or not answering.end(actor=joan, number=number, ending=ending):
        raise CannotFurnish("a question of the demo cannot be answered")
