"""Payments: found and shown within what is granted, the rest as unknown as what is not there."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims import models, payments
from portico.domains.claims.inquiries import InquiryNotFound
from portico.domains.claims.payments import Found, Nothing, PaymentNotFound, Wanted
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.permits.reasons import Reason
from tests.support import actors, claims, patients, world
from tests.support.actors import FOREIGN_TAX_ID, OWN_TAX_ID, SECOND_TAX_ID
from tests.support.cast import MEDI_CAL

pytestmark = pytest.mark.django_db
OTHER_NPI = "2000000024"
EVERYTHING = actors.grant(Function.REMITTANCE, lines=None)
BILLER = actors.front_desk(EVERYTHING)
BOTH = actors.front_desk(replace(EVERYTHING, tax_ids=frozenset({OWN_TAX_ID, SECOND_TAX_ID})))
OF_ONE_PROVIDER = actors.front_desk(replace(EVERYTHING, providers=frozenset({OTHER_NPI})))
OF_ONE_LINE = actors.front_desk(replace(EVERYTHING, lines=frozenset({MEDI_CAL})))
WITH_CLAIMS = actors.front_desk(EVERYTHING, actors.grant(Function.CLAIMS_INQUIRY, number=2, lines=None))


@pytest.fixture(autouse=True)
def plan() -> None:
    factories.a_plan()


def paid(**facts: Any) -> models.Payment:
    """A payment for Zephyrine's claim and one of a colleague in another line."""
    mine = claims.decided()
    other = claims.denied(line_id=MEDI_CAL, provider_npi=OTHER_NPI, member_id="NLQX8842")
    return claims.payment([mine, other], **facts)


def numbers(found: Found) -> list[str]:
    return [row.trace_number for row in found.page.rows]


def found(actor: Actor = BILLER, **wanted: Any) -> Found:
    return payments.find(actor=actor, wanted=Wanted(**wanted))


def test_the_latest_payment_stands_first_and_pages_follow_each_other() -> None:
    for day in range(1, 6):
        claims.payment(trace_number=f"E{day}", paid_on=date(2026, 2, day))
    claims.payment(trace_number="E5b", paid_on=date(2026, 2, 5))
    first = payments.find(actor=BILLER, size=4)
    assert numbers(first) == ["E5b", "E5", "E4", "E3"]
    rest = payments.find(actor=BILLER, size=4, after=first.page.next_key or "")
    assert numbers(rest) == ["E2", "E1"]
    assert rest.page.next_key is None


def test_a_key_that_is_none_begins_at_the_beginning() -> None:
    paid()
    assert numbers(payments.find(actor=BILLER, after="x'--")) == ["EFT0000117"]
    assert numbers(payments.find(actor=BILLER, after=uuid4().hex)) == ["EFT0000117"]


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ({"number": "eft0000117"}, True),
        ({"number": "EFT000011"}, False),
        ({"first": date(2026, 2, 3), "last": date(2026, 2, 3)}, True),
        ({"first": date(2026, 2, 4)}, False),
        ({"last": date(2026, 2, 2)}, False),
        ({"tax_id": OWN_TAX_ID}, True),
        ({"member_id": patients.ZEPHYRINE}, True),
        ({"member_id": f"S{patients.ZEPHYRINE}"}, True),
        ({"member_id": "NLQX0000"}, False),
    ],
)
def test_what_is_asked_for_is_found(wanted: dict[str, Any], is_found: bool) -> None:
    paid()
    assert numbers(found(**wanted)) == (["EFT0000117"] if is_found else [])


@pytest.mark.parametrize(
    ("actor", "wanted", "why"),
    [
        (BOTH, {"number": "EFT0000117", "tax_id": SECOND_TAX_ID}, Nothing.OTHER_TAX_ID),
        (BILLER, {"number": "EFT0000117", "first": date(2026, 3, 1)}, Nothing.OTHER_DAYS),
        (BILLER, {"number": "NONE"}, Nothing.NOT_HERE),
        (BILLER, {"member_id": "NLQX0000"}, Nothing.MEMBER_IN_NONE),
        (BILLER, {"member_id": patients.ZEPHYRINE, "first": date(2026, 3, 1)}, Nothing.OTHER_DAYS),
        (BILLER, {"number": "FOREIGN"}, Nothing.NOT_HERE),
    ],
)
def test_nothing_found_says_why_from_own_grants_alone(
    actor: Actor, wanted: dict[str, Any], why: Nothing
) -> None:
    paid()
    claims.payment(trace_number="FOREIGN", tax_id=FOREIGN_TAX_ID)
    assert found(actor, **wanted).why_none is why


def test_a_tax_id_that_is_not_granted_is_refused() -> None:
    with pytest.raises(NotPermitted) as refusal:
        found(tax_id=SECOND_TAX_ID)
    assert refusal.value.decision.reasons == (Reason.TAX_ID_NOT_GRANTED,)


def test_a_member_whose_claims_are_not_open_finds_no_payment() -> None:
    paid()
    assert numbers(found(OF_ONE_PROVIDER, member_id="NLQX8842")) == ["EFT0000117"]
    assert numbers(found(OF_ONE_PROVIDER, member_id=patients.ZEPHYRINE)) == []
    assert numbers(found(OF_ONE_LINE, member_id=patients.ZEPHYRINE)) == []


def test_an_inquiry_finds_again_and_goes_straight_to_one_number() -> None:
    made = paid()
    kept = payments.ask(actor=BILLER, wanted=Wanted(number="EFT0000117", first=date(2026, 1, 1)))
    assert kept.only == made.public_id
    again = payments.found(actor=BILLER, inquiry=kept.inquiry)
    assert again.wanted == Wanted(number="EFT0000117", first=date(2026, 1, 1))
    assert numbers(again) == ["EFT0000117"]
    with pytest.raises(InquiryNotFound):
        payments.found(actor=replace(BILLER, persona_id=99), inquiry=kept.inquiry)


def test_a_list_takes_the_same_queries_however_long(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        claims.payment(trace_number=f"E{number}")
    with django_assert_num_queries(4):  # the payments and the audit's row, in their transaction
        payments.find(actor=BILLER)


def test_a_payment_is_shown_with_its_claims() -> None:
    made = paid()
    page = payments.read(actor=BILLER, payment=made.public_id)
    assert page.payment.amount == Decimal("175.00")
    assert [row.status for row in page.claims.rows] == ["1", "4"]
    assert page.claims.rows[0].patient_name == "Zephyrine Quillfeather"
    assert (page.totals.count, page.totals.billed, page.totals.paid) == (2, Decimal(600), Decimal(175))
    assert not page.is_part
    assert page.deposited_on is None


def test_a_claim_leads_on_only_where_claims_are_open() -> None:
    made = paid()
    closed = payments.read(actor=BILLER, payment=made.public_id).claims.rows[0]
    opened = payments.read(actor=WITH_CLAIMS, payment=made.public_id).claims.rows[0]
    assert closed.claim_id is None
    assert opened.claim_id == models.Claim.objects.get(member_id=patients.ZEPHYRINE).public_id


def test_whoever_is_limited_sees_a_part_and_is_told() -> None:
    made = paid(amount=Decimal("170.00"))
    models.PaymentAdjustment.objects.create(
        payment=made, position=0, reason="WO", identifier="26015A0009", amount=Decimal("5.00")
    )
    whole = payments.read(actor=BILLER, payment=made.public_id)
    part = payments.read(actor=OF_ONE_PROVIDER, payment=made.public_id)
    assert [each.identifier for each in whole.adjustments] == ["26015A0009"]
    assert part.is_part
    assert part.adjustments == ()
    assert part.adjusted == whole.adjusted == Decimal("5.00")
    assert [row.provider_npi for row in part.claims.rows] == [OTHER_NPI]
    assert part.totals.paid == 0


@pytest.mark.parametrize("actor", [BILLER, OF_ONE_LINE])
def test_a_payment_of_another_office_is_as_unknown_as_none(actor: Actor) -> None:
    foreign = claims.payment(trace_number="FOREIGN", tax_id=FOREIGN_TAX_ID)
    for payment in (foreign.public_id, uuid4()):
        with pytest.raises(PaymentNotFound):
            payments.read(actor=actor, payment=payment)
        with pytest.raises(PaymentNotFound):
            payments.claim(actor=actor, payment=payment, position=0)
        with pytest.raises(PaymentNotFound):
            payments.explain(actor=actor, payment=payment)
    assert {(use.outcome, use.conclusion) for use in world.uses(function="remittance")} == {
        ("allowed", "not_found")
    }


def test_one_claim_is_shown_with_its_lines() -> None:
    made = paid()
    view = payments.claim(actor=BILLER, payment=made.public_id, position=0)
    assert [service.code for service in view.decided.services] == ["99214", "80053"]
    assert view.row.claim_number == view.decided.claim_number
    with pytest.raises(PaymentNotFound):
        payments.claim(actor=OF_ONE_PROVIDER, payment=made.public_id, position=0)
    with pytest.raises(PaymentNotFound):
        payments.claim(actor=BILLER, payment=made.public_id, position=2)


def test_a_paper_explains_some_claims_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = paid()
    monkeypatch.setattr("portico.domains.claims.payment_reading.PAPER", 1)
    second = payments.explain(actor=BILLER, payment=made.public_id, part=2)
    assert (second.part, second.page.papers) == (2, 2)
    assert [each.status for each in second.claims] == ["4"]
    for part in (0, 3):
        with pytest.raises(PaymentNotFound):
            payments.explain(actor=BILLER, payment=made.public_id, part=part)


def test_the_audit_names_the_payment_and_every_member_shown() -> None:
    made = paid()
    payments.read(actor=BILLER, payment=made.public_id)
    [use] = world.uses(function="remittance")
    subjects = list(use.subjects.values_list("kind", "identifier"))
    assert use.conclusion == "payment_shown"
    assert subjects == [("payment", "EFT0000117"), ("member", patients.ZEPHYRINE), ("member", "NLQX8842")]


def test_the_claims_of_a_payment_come_in_pages() -> None:
    made = claims.payment([claims.decided(f"C{number}") for number in range(3)])
    first = payments.read(actor=BILLER, payment=made.public_id, size=2)
    rest = payments.read(actor=BILLER, payment=made.public_id, size=2, after=first.claims.next_key or "")
    assert [row.claim_number for row in first.claims.rows] == ["C0", "C1"]
    assert [row.claim_number for row in rest.claims.rows] == ["C2"]
    assert rest.totals.count == 3


def test_a_payment_takes_the_same_queries_however_many_claims(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one = claims.payment([claims.decided("C1")], trace_number="ONE")
    many = claims.payment([claims.decided(f"M{number}") for number in range(9)], trace_number="MANY")
    for payment in (one, many):
        with django_assert_num_queries(9):  # five of ours; the audit's row and subjects, in their transaction
            payments.read(actor=BILLER, payment=payment.public_id)


def test_the_plans_staff_and_who_lacks_the_function_are_refused() -> None:
    made = paid()
    for actor in (actors.plan_staff(), actors.front_desk(), actors.administrator()):
        with pytest.raises(NotPermitted):
            payments.find(actor=actor)
        with pytest.raises(NotPermitted):
            payments.read(actor=actor, payment=made.public_id)
    later = replace(BILLER, today=BILLER.today + timedelta(days=1))
    assert payments.find(actor=later).page.rows
