"""Who knows a recent payment's number and amount has proven that they work for its office."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.provers import PAYMENT, Hands, Verdict
from portico.domains.claims import payment_proofs
from portico.domains.permits.actors import Actor
from tests.support import actors, claims, world
from tests.support.cast import FOREIGN, SECOND
from tests.support.world import World

pytestmark = pytest.mark.django_db
NUMBER, CENTS = "0004711", Decimal("175.00")


@pytest.fixture
def made() -> World:
    """The small world."""
    return world.build()


@pytest.fixture
def actor(made: World) -> Actor:
    """Somebody of Lakeside who is not verified yet."""
    return world.actor(made["unverified"])


def tried(actor: Actor, number: str = NUMBER, amount: Decimal = CENTS) -> Verdict:
    """What comes of one try."""
    proofs.begin(actor=actor, prover=PAYMENT)
    return proofs.submit(actor=actor, prover=PAYMENT, answer=payment_proofs.answer_of(number, amount))


def test_number_and_amount_together_prove_it(actor: Actor) -> None:
    claims.payment(trace_number=NUMBER, amount=CENTS)
    way = proofs.way(actor=actor, prover=PAYMENT)
    assert way is not None
    assert (way.hands, way.choices) == (Hands.PAYMENT, ())
    assert tried(actor, amount=Decimal("175.01")) is Verdict.MISSED
    assert tried(actor, number="0004712") is Verdict.MISSED
    assert tried(actor, number="4711", amount=Decimal("175")) is Verdict.PASSED


def test_the_payment_of_any_tax_id_of_the_office_counts_and_a_strangers_does_not(actor: Actor) -> None:
    claims.payment(trace_number="1", amount=CENTS, tax_id=FOREIGN)
    assert proofs.way(actor=actor, prover=PAYMENT) is None
    assert tried(actor, "1") is Verdict.NOT_OFFERED
    claims.payment(trace_number="2", amount=CENTS, tax_id=SECOND)
    assert tried(actor, "1") is Verdict.MISSED
    assert tried(actor, "2") is Verdict.PASSED


@pytest.mark.parametrize(
    ("paid_on", "amount", "is_open"),
    [
        (actors.TODAY, CENTS, True),
        (actors.TODAY - payment_proofs.RECENT, CENTS, True),
        (actors.TODAY - payment_proofs.RECENT - timedelta(days=1), CENTS, False),
        (actors.TODAY + timedelta(days=1), CENTS, False),
        (actors.TODAY, Decimal("0.00"), False),
        (actors.TODAY, Decimal("-5.00"), False),
    ],
)
def test_only_a_recent_payment_above_nothing_counts(
    actor: Actor, paid_on: date, amount: Decimal, is_open: bool
) -> None:
    claims.payment(trace_number=NUMBER, amount=amount, paid_on=paid_on)
    assert (proofs.way(actor=actor, prover=PAYMENT) is not None) is is_open


def test_the_fifth_miss_blocks_even_the_right_answer(actor: Actor) -> None:
    claims.payment(trace_number=NUMBER, amount=CENTS)
    assert [tried(actor, "1") for _ in range(5)] == [*[Verdict.MISSED] * 4, Verdict.BLOCKED]
    assert tried(actor) is Verdict.NOT_BEGUN or tried(actor) is Verdict.BLOCKED
    later = replace(actor, asked_at=actor.asked_at + timedelta(hours=1))
    assert tried(later) is Verdict.PASSED


@pytest.mark.parametrize("answer", ["", "4711", "4711\n", "4711\nNaN", "4711\nInfinity", "\n175", "4711\nx"])
def test_what_is_no_answer_is_a_miss(actor: Actor, answer: str) -> None:
    claims.payment(trace_number=NUMBER, amount=CENTS)
    proofs.begin(actor=actor, prover=PAYMENT)
    assert proofs.submit(actor=actor, prover=PAYMENT, answer=answer) is Verdict.MISSED


def test_the_plans_staff_prove_nothing_so(made: World) -> None:
    claims.payment(trace_number=NUMBER, amount=CENTS)
    assert proofs.way(actor=world.actor(made["operations"]), prover=PAYMENT) is None
