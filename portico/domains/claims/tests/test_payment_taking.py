"""A payment taken home: whole or not at all, and only by who showed lately that it is they."""

from dataclasses import replace
from uuid import uuid4

import pytest

from portico.domains.claims import payment_taking
from portico.domains.claims.models import Payment
from portico.domains.claims.payment_reading import PaymentNotFound
from portico.domains.claims.payment_taking import PaymentIsPart
from portico.domains.members.tests import factories
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors, claims, patients, world
from tests.support.actors import FOREIGN_TAX_ID
from tests.support.cast import MEDI_CAL

pytestmark = pytest.mark.django_db
GRANT = actors.grant(Function.REMITTANCE, lines=None)
BILLER = actors.front_desk(GRANT)


@pytest.fixture
def payment() -> Payment:
    """A payment of two claims in two lines."""
    factories.a_plan()
    return claims.payment([claims.decided(), claims.denied(line_id=MEDI_CAL)])


def test_it_comes_with_every_claim_and_line(payment: Payment) -> None:
    taken = payment_taking.whole(actor=BILLER, payment=payment.public_id)
    assert taken.sent.payment.trace_number == "EFT0000117"
    assert taken.sent.payment.payee.tax_id == payment.tax_id
    assert [len(claim.services) for claim in taken.sent] == [2, 2]
    [use] = world.uses(function="remittance")
    assert use.conclusion == "payment_taken"
    assert ("member", patients.ZEPHYRINE) in use.subjects.values_list("kind", "identifier")


def test_a_part_is_no_file(payment: Payment) -> None:
    limited = actors.front_desk(replace(GRANT, lines=frozenset({MEDI_CAL})))
    with pytest.raises(PaymentIsPart):
        payment_taking.whole(actor=limited, payment=payment.public_id)
    [use] = world.uses(function="remittance")
    assert use.conclusion == "payment_is_part"


def test_strangers_payments_and_none_are_unknown_alike(payment: Payment) -> None:
    foreign = claims.payment(trace_number="FOREIGN", tax_id=FOREIGN_TAX_ID)
    for number in (foreign.public_id, uuid4()):
        with pytest.raises(PaymentNotFound) as error:
            payment_taking.whole(actor=BILLER, payment=number)
        assert type(error.value) is PaymentNotFound


def test_it_is_a_sensitive_act(payment: Payment) -> None:
    since_long = replace(BILLER, account=replace(BILLER.account, proven_lately=False))
    with pytest.raises(NotPermitted) as refusal:
        payment_taking.whole(actor=since_long, payment=payment.public_id)
    assert refusal.value.decision.reasons == (Reason.CONFIRMATION_REQUIRED,)
