"""Payments of the small world: of the own tax ID in two lines, of its office's other, and of a stranger."""

from decimal import Decimal
from uuid import UUID

from portico.domains.claims import deposits, payments
from portico.domains.claims.deposits import NewDeposit
from portico.domains.claims.models import Payment
from portico.domains.claims.payments import Wanted
from tests.support import claims, patients
from tests.support import world as worlds
from tests.support.cast import FOREIGN, MEDI_CAL, OWN, SECOND
from tests.support.world import Signer, World

_KEEPERS = {"front_desk": OWN, "colleague": SECOND, "outsider": FOREIGN}
NUMBER, SECOND_NUMBER, FOREIGN_NUMBER = "EFT0000117", "CHK0004711", "EFT0000118"


def of_world(world: World) -> dict[str, Payment]:
    """The payments by tax ID, made when a test first needs them."""
    if "payments" not in world.asked_for:
        world.asked_for["payments"] = _made()
    found: dict[str, Payment] = world.asked_for["payments"]
    return found


def inquiry_of(signer: Signer) -> UUID:
    """A search for payments that the person made before."""
    return payments.ask(actor=worlds.actor(signer), wanted=Wanted(member_id=patients.ZEPHYRINE)).inquiry


def deposit_of(world: World, tax_id: str) -> UUID:
    """A deposit that was noted for a tax ID: matched of the own one, and another overdue beside it."""
    of_world(world)
    if "deposits" not in world.asked_for:
        world.asked_for["deposits"] = {key: _noted(world[who], key) for who, key in _KEEPERS.items()}
    found: dict[str, UUID] = world.asked_for["deposits"]
    return found[tax_id]


def _noted(signer: Signer, tax_id: str) -> UUID:
    actor = worlds.actor(signer)
    matched = NewDeposit(NUMBER, claims.PAID, claims.PAID_ON)
    overdue = NewDeposit("CHK0000001", Decimal("80.00"), claims.PAID_ON)
    deposits.note(actor=actor, tax_id=tax_id, deposits=[matched, overdue])
    return next(each.id for each in deposits.listed(actor=actor).rows if each.number == NUMBER)


def _made() -> dict[str, Payment]:
    mine = claims.decided()
    denied = claims.denied(line_id=MEDI_CAL, member_id=patients.CLEMENTINA, patient_first_name="Clementina")
    second = claims.decided("26015B0001", tax_id=SECOND)
    foreign = claims.decided("26015C0001", tax_id=FOREIGN, provider_npi=patients.NPI_ELSEWHERE)
    return {
        OWN: claims.payment([mine, denied]),
        SECOND: claims.payment([second], trace_number=SECOND_NUMBER, method="CHK"),
        FOREIGN: claims.payment([foreign], trace_number=FOREIGN_NUMBER),
    }
