"""Files of encounters as a group's system writes them, of the small world's patients; sent in, worked on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from django.apps import apps

from portico.domains.claims.facts.submitted import Address, Form, Party, Patient, SentClaim
from portico.domains.encounters import submissions
from portico.domains.encounters.submissions import SubmissionView
from portico.domains.encounters.tests import sending
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.edges.x12.encounters import arriving
from portico.shared.identifiers import npi_with_check_digit
from portico.transactions.claims import writer
from portico.transactions.claims.ends import Ends
from tests.support import cast, patients, working
from tests.support import world as worlds
from tests.support.world import PAYER_ID, World

JOB = "x12_encounters"
AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
NPI = npi_with_check_digit("200000007")
WRONG_NPI = NPI[:-1] + str((int(NPI[-1]) + 1) % 10)
ENDS = Ends(
    sender="LAKESIDE01",
    sender_name="LAKESIDE MEDICAL GROUP",
    receiver=PAYER_ID,
    receiver_name="NORTHLAKE HEALTH PLAN",
    contact="BILLING DESK",
    telephone="5555550142",
)
_PLACE = Address("12 Lake St", "", "Northlake", "CA", "900010000")
CLINIC = Party(
    name="LAKESIDE FAMILY PRACTICE", npi=NPI, tax_id=cast.OWN, address=_PLACE, taxonomy="207Q00000X"
)
ZEPHYRINE = Patient(
    "Quillfeather",
    "Zephyrine",
    birth_date=date(1984, 5, 6),
    sex="F",
    member_id=patients.ZEPHYRINE,
    address=_PLACE,
)
PLAN = Party(name="NORTHLAKE HEALTH PLAN", payer_number=PAYER_ID)


def a_provider() -> None:
    """The clinic, on the plan's provider file: it bills under the office's first tax ID."""
    factories.a_provider(NPI, cast.OWN)


def a_claim(day: int = 3, **facts: Any) -> SentClaim:
    """A visit on a day of February that nothing is wrong with."""
    told = {"subscriber": ZEPHYRINE, "billing": CLINIC, "payer": PLAN, "filing": "HM", **facts}
    services = tuple(replace(each, place_of_service="11") for each in sending.on_day(day).services)
    return sending.on_day(day, **{"services": services, **told})


def a_stay(**facts: Any) -> SentClaim:
    """Three days in a hospital that nothing is wrong with."""
    told = {"subscriber": ZEPHYRINE, "billing": CLINIC, "payer": PLAN, "filing": "HM", **facts}
    attending = Party(name="TRAN", first_name="ANH", is_person=True, npi=NPI)
    return sending.a_stay(**{"attending": attending, "admission_type": "1", **told})


def wrong_npi(day: int = 4) -> SentClaim:
    """A visit whose rendering provider's NPI does not check."""
    return a_claim(day, rendering=Party(name="TRAN", is_person=True, first_name="ANH", npi=WRONG_NPI))


def wrong_sum(day: int = 5, **facts: Any) -> SentClaim:
    """A visit whose lines do not add up to its charge."""
    return a_claim(day, billed=Decimal("130.00"), **facts)


def a_file(claims: Iterable[SentClaim], *, form: Form = Form.PROFESSIONAL, number: int = 907) -> bytes:
    """An interchange of encounters, under a control number of its own."""
    target = BytesIO()
    writer.write(target, claims, form=form, ends=ENDS, at=AT, control_number=number)
    return target.getvalue()


def hand_in(actor: Actor, content: bytes, *, tax_id: str = cast.OWN) -> submissions.Receipt:
    """The file, taken in; nobody has read it yet."""
    file = arriving.look(content, tax_id=tax_id, at=actor.asked_at, name="february.837")
    return submissions.take_in(actor=actor, file=file, job=JOB)


def sent(actor: Actor, content: bytes) -> UUID:
    """The file, taken in and read."""
    receipt = hand_in(actor, content)
    working.work()
    return receipt.id


def seen(actor: Actor, submission: UUID) -> SubmissionView:
    """The file as it stands."""
    return submissions.read(actor=actor, submission=submission)


def answers(actor: Actor, submission: UUID) -> submissions.Answers:
    """What was answered to it."""
    return submissions.answers(actor=actor, submission=submission)


def segments(content: bytes, name: str) -> list[str]:
    """The segments of that name in what we wrote."""
    found = content.decode().split("~")
    return [each for each in found if each.split("*")[0] == name]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was read: its id, those of a rejected and of an accepted record."""

    submission: UUID
    rejected: UUID
    accepted: UUID


def of_world(world: World, tax_id: str) -> Kept:
    """The file of a tax ID, sent by who works for it; made when it is first asked for."""
    held = world.asked_for.setdefault("encounters", {})
    if tax_id not in held:
        held[tax_id] = _kept(world, tax_id)
    kept: Kept = held[tax_id]
    return kept


_SENDERS = {cast.OWN: "front_desk", cast.SECOND: "colleague", cast.FOREIGN: "outsider"}


def _kept(world: World, tax_id: str) -> Kept:
    factories.a_provider(NPI, tax_id)
    billing = replace(CLINIC, tax_id=tax_id)
    claims = [a_claim(3, billing=billing), wrong_sum(5, billing=billing)]
    actor = worlds.actor(world[_SENDERS[tax_id]])
    receipt = hand_in(actor, a_file(claims), tax_id=tax_id)
    working.work()
    rows = apps.get_model("encounters", "Encounter").objects.filter(submission__public_id=receipt.id)
    return Kept(receipt.id, rows.get(number="").public_id, rows.exclude(number="").get().public_id)
