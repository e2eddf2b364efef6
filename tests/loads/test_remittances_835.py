"""Loading an 835: what each payment becomes, what it makes of its claims, and that nothing is paid twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portico.domains.audit.models import Entry
from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted, PaymentWithClaims
from portico.domains.claims.models import (
    Claim,
    ClaimEvent,
    ClaimLine,
    ClaimPayment,
    Payment,
    PaymentAdjustment,
)
from portico.domains.jobs import leases, queue
from portico.domains.jobs.leases import Worker
from portico.domains.jobs.models import Job
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.edges.loaders import handling, intake
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.settling import Books
from portico.edges.loaders.tests import building
from portico.transactions.remittances import reader
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import claim, dollars, off, payment, service
from tests.loads import loading
from tests.loads.loading import NOW, told
from tests.support import claims

NUMBER = "26015A0001"
PAID_ON, LATER = date(2026, 2, 3), date(2026, 2, 17)
TABLES = (Payment, ClaimPayment, PaymentAdjustment, Claim, ClaimLine, ClaimEvent)


def load(folder: Path, *payments: PaymentWithClaims, control: int = 1) -> Job:
    content = sent.written(*payments, control_number=control)
    return loading.load(folder, content, kind=Kind.REMITTANCES)


def an_835(*paid: PaidClaim, number: str = "EFT0000117", **more: Any) -> PaymentWithClaims:
    return payment(*paid, trace_number=number, **more)


def reversed_claim() -> PaidClaim:
    lines = (
        service(1, "-200", "-120", off("CO", "45", "-50"), off("PR", "2", "-30")),
        service(2, "-100", "-55", off("CO", "45", "-20"), off("PR", "3", "-25")),
    )
    return claim("-300", "-175", *lines, status="22")


def denied_claim() -> PaidClaim:
    lines = (
        service(1, "200", "0", off("CO", "197", "200"), code="99214", remarks=("N56",)),
        service(2, "100", "0", off("CO", "197", "100"), code="80053"),
    )
    return claim("300", "0", *lines)


def paid_claim(**more: Any) -> PaidClaim:
    lines = (
        service(1, "200", "120", off("CO", "45", "50"), off("PR", "2", "30"), code="99214"),
        service(2, "100", "55", off("CO", "45", "20"), off("PR", "3", "25"), code="80053"),
    )
    return claim("300", "175", *lines, **more)


def events() -> list[tuple[str, date, str, Decimal | None]]:
    return list(
        ClaimEvent.objects.exclude(kind="received").order_by("pk").values_list("kind", "on", "code", "amount")
    )


@pytest.fixture
def received(plan: Path) -> Claim:
    """A claim of the office that waits for its decision."""
    return claims.received(NUMBER, tax_id=sent.TAX_ID, line_id="employer-hmo")


def test_a_payment_is_there_with_its_claims_and_changes(plan: Path) -> None:
    change = PaymentAdjusted("WO", dollars("5"), "26015A0009", sent.NPI, date(2026, 12, 31))
    job = load(plan, an_835(paid_claim(), changes=(change,)))
    row = Payment.objects.get()
    assert (row.tax_id, row.trace_number, row.amount) == (sent.TAX_ID, "EFT0000117", Decimal("170.00"))
    assert (row.claim_count, row.denied_count, row.billed) == (1, 0, Decimal("300.00"))
    assert (row.load, row.paid_on, row.is_whole) == (job.public_id, PAID_ON, True)
    held = ClaimPayment.objects.get()
    assert (held.claim, held.claim_number, held.member_id) == (None, NUMBER, "N000112233")
    assert (held.allowed, held.member_share) == (Decimal("230.00"), Decimal("55.00"))
    assert list(PaymentAdjustment.objects.values_list("reason", "amount")) == [("WO", Decimal("5.00"))]
    assert job.summary == {"rows": 1, "accepted": 1}


def test_a_load_says_how_fresh_payments_are(plan: Path) -> None:
    load(plan, an_835())
    assert f"{freshness.of()[Feed.REMITTANCES]:%Y-%m-%d %H:%M}" == "2026-03-12 16:00"


def test_a_chunk_is_one_permit_and_one_audit_row(plan: Path) -> None:
    before = Entry.objects.filter(actor_name="loader").count()
    load(plan, *(an_835(paid_claim(), number=f"E{n}") for n in range(20)))
    assert Entry.objects.filter(actor_name="loader").count() == before + 1


def test_a_payment_decides_its_claim_line_by_line(plan: Path, received: Claim) -> None:
    load(plan, an_835(paid_claim()))
    received.refresh_from_db()
    assert (received.status, received.stated_on, received.decided_on) == ("paid", PAID_ON, PAID_ON)
    assert (received.allowed, received.paid, received.member_share) == (
        *(Decimal("230.00"), Decimal("175.00")),
        Decimal("55.00"),
    )
    lines = received.lines.values_list("code", "paid", "member_share", "adjustments")
    assert list(lines) == [
        ("99214", Decimal("120.00"), Decimal("30.00"), [["CO", "45", "50.00"], ["PR", "2", "30.00"]]),
        ("80053", Decimal("55.00"), Decimal("25.00"), [["CO", "45", "20.00"], ["PR", "3", "25.00"]]),
    ]
    held = ClaimPayment.objects.get()
    assert (held.claim, held.line, held.member_id) == (received, "employer-hmo", received.member_id)
    assert received.payment == held.payment
    assert events() == [("paid", PAID_ON, "EFT0000117", Decimal("175.00"))]


def test_what_was_denied_is_denied_with_its_remarks(plan: Path, received: Claim) -> None:
    load(plan, an_835(denied_claim(), method="NON", handling="H"))
    received.refresh_from_db()
    assert (received.status, received.paid, received.allowed) == ("denied", Decimal(0), Decimal(0))
    assert [line.remarks for line in received.lines.all()] == [["N56"], []]
    assert Payment.objects.get().denied_count == 1
    assert events() == [("denied", PAID_ON, "EFT0000117", Decimal("0.00"))]


def test_a_pended_claim_waits_for_nothing_once_it_is_decided(plan: Path) -> None:
    row = claims.pended(NUMBER, tax_id=sent.TAX_ID, line_id="employer-hmo", awaited_on=LATER)
    load(plan, an_835(paid_claim()))
    row.refresh_from_db()
    assert (row.status, row.pend_reason, row.awaited_on) == ("paid", "", None)


def test_a_claim_taken_back_is_reversed_with_nothing_paid(plan: Path, received: Claim) -> None:
    load(plan, an_835(paid_claim()))
    load(plan, an_835(reversed_claim(), number="EFT2", paid_on=LATER), control=2)
    received.refresh_from_db()
    assert (received.status, received.paid, received.decision_count) == ("reversed", Decimal(0), 2)
    assert {line.paid for line in received.lines.all()} == {Decimal(0)}
    assert Payment.objects.get(trace_number="EFT2").amount == Decimal("-175.00")
    assert events()[-1] == ("reversed", LATER, "EFT2", Decimal("-175.00"))


@pytest.mark.parametrize("turned", [False, True])
def test_taken_back_and_decided_anew_in_one_payment_is_adjusted(
    plan: Path, received: Claim, turned: bool
) -> None:
    load(plan, an_835(denied_claim()))
    anew = [replace(denied_claim(), status="22"), paid_claim()]
    load(plan, an_835(*(anew[::-1] if turned else anew), number="EFT2", paid_on=LATER), control=2)
    received.refresh_from_db()
    assert (received.status, received.paid, received.decision_count) == ("paid", Decimal("175.00"), 3)
    assert [(kind, code) for kind, _, code, _ in events()] == [
        ("denied", "EFT0000117"),
        ("reversed", "EFT2"),
        ("adjusted", "EFT2"),
    ]


def test_an_older_payment_that_comes_late_is_history_and_nothing_else(plan: Path, received: Claim) -> None:
    load(plan, an_835(paid_claim(), number="EFT2", paid_on=LATER))
    load(plan, an_835(denied_claim()), control=2)
    received.refresh_from_db()
    assert (received.status, received.paid, received.stated_on) == ("paid", Decimal("175.00"), LATER)
    assert received.decision_count == 2
    assert received.payment == Payment.objects.get(trace_number="EFT2")


def test_what_is_forwarded_or_foretold_decides_nothing(plan: Path, received: Claim) -> None:
    load(plan, an_835(replace(denied_claim(), status="23"), replace(denied_claim(), status="25")))
    received.refresh_from_db()
    assert (received.status, received.decision_count, events()) == ("received", 0, [])
    assert ClaimPayment.objects.filter(claim=received).count() == 2


def test_a_claim_without_lines_gets_those_of_its_payment(plan: Path, received: Claim) -> None:
    received.lines.all().delete()
    load(plan, an_835(paid_claim()))
    assert list(received.lines.values_list("number", "code", "billed", "paid")) == [
        (1, "99214", Decimal("200.00"), Decimal("120.00")),
        (2, "80053", Decimal("100.00"), Decimal("55.00")),
    ]


def test_a_claim_of_another_tax_id_is_not_joined(plan: Path, received: Claim) -> None:
    Claim.objects.update(tax_id="009999991")
    job = load(plan, an_835(paid_claim()))
    assert told(job) == [("segment 3", "flagged", "claim_of_another_tax_id")]
    assert ClaimPayment.objects.get().claim is None
    received.refresh_from_db()
    assert received.status == "received"


def test_one_cent_and_nothing_are_payments(plan: Path) -> None:
    cent = claim("1", "0.01", adjustments=(off("CO", "45", "0.99"),))
    load(plan, an_835(cent, number="E1"), an_835(number="E2", method="NON", handling="H"))
    amounts = Payment.objects.order_by("trace_number").values_list("amount", "claim_count")
    assert list(amounts) == [(Decimal("0.01"), 1), (Decimal("0.00"), 0)]


def test_several_payees_in_one_interchange_are_told_apart(plan: Path) -> None:
    other = replace(sent.PAYEE, tax_id="009999998", npi="", name="Seaside Clinic")
    load(plan, an_835(paid_claim()), an_835(paid_claim(), payee=other))
    assert set(Payment.objects.values_list("tax_id", "payee_name")) == {
        (sent.TAX_ID, "Lakeside Family Practice"),
        ("009999998", "Seaside Clinic"),
    }


def test_a_payee_without_a_tax_id_is_quarantined(plan: Path) -> None:
    job = load(plan, an_835(paid_claim(), payee=replace(sent.PAYEE, tax_id="")))
    assert told(job) == [("segment 3", "quarantined", "payee_tax_id_missing")]
    assert not Payment.every.exists()


def test_what_does_not_add_up_is_held_back_whole_and_costs_no_other(plan: Path, received: Claim) -> None:
    content = sent.written(*(an_835(paid_claim(), number=f"E{n}") for n in range(3)))
    second = content.split(b"ST*835*")[2]
    wrong = second.replace(b"CAS*CO*45*20", b"CAS*CO*45*20.01")
    job = loading.load(plan, content.replace(second, wrong), kind=Kind.REMITTANCES)
    assert job.summary == {"rows": 3, "accepted": 2, "quarantined": 1}
    [note] = job.results.all()
    assert note.reason == "service_out_of_balance"
    assert "Line 2 of claim 26015A0001 is out by -0.01" in note.message
    assert set(Payment.every.values_list("trace_number", flat=True)) == {"E0", "E2"}


def test_a_sum_that_cannot_be_stored_is_held_back_and_costs_no_other(plan: Path, received: Claim) -> None:
    most = "999999999999"
    huge = claim(most, "0", adjustments=(off("CO", "45", most),))
    job = load(plan, an_835(huge, huge, number="1"), an_835(paid_claim(), number="2"))
    assert job.summary == {"rows": 2, "accepted": 1, "quarantined": 1}
    assert [reason for *_, reason in told(job)] == ["amount_wrong"]
    assert [each.trace_number for each in Payment.every.all()] == ["2"]


def test_the_same_file_again_is_loaded_once(plan: Path) -> None:
    assert load(plan, an_835(paid_claim())).public_id == load(plan, an_835(paid_claim())).public_id


def test_the_same_payment_in_another_file_changes_nothing(plan: Path, received: Claim) -> None:
    load(plan, an_835(paid_claim()))
    before = _everything()
    assert load(plan, an_835(paid_claim()), control=2).summary == {"rows": 1, "unchanged": 1}
    assert _everything() == before


def test_the_same_payment_twice_in_a_file_is_taken_in_once(plan: Path, received: Claim) -> None:
    assert load(plan, an_835(paid_claim()), an_835(paid_claim())).summary == {
        **{"rows": 2, "accepted": 1, "unchanged": 1},
    }
    received.refresh_from_db()
    assert received.decision_count == 1


def test_another_payment_under_the_same_number_is_quarantined(plan: Path, received: Claim) -> None:
    load(plan, an_835(paid_claim()))
    job = load(plan, an_835(denied_claim()), control=2)
    assert told(job) == [("segment 3", "quarantined", "payment_differs")]
    received.refresh_from_db()
    assert received.status == "paid"


def test_a_load_taken_back_leaves_everything_as_it_was(plan: Path, received: Claim) -> None:
    before = _everything()
    job = load(plan, an_835(reversed_claim(), paid_claim()), an_835(denied_claim(), number="EFT2"))
    assert _everything() != before
    queue.enqueue(actor=loading.actor(), kind="reverse_load", payload={"job": str(job.public_id)})
    loading.run("reverse_load")
    assert _everything() == before
    assert Feed.REMITTANCES not in freshness.of()


def test_loads_are_taken_back_in_turn(plan: Path, received: Claim) -> None:
    first = load(plan, an_835(denied_claim()))
    load(plan, an_835(paid_claim(), number="EFT2", paid_on=LATER), control=2)
    queue.enqueue(actor=loading.actor(), kind="reverse_load", payload={"job": str(first.public_id)})
    loading.run("reverse_load")
    assert Job.objects.get(kind="reverse_load").error == "touched_later"


def test_a_file_that_is_no_835_is_refused(plan: Path) -> None:
    content = sent.written(an_835()).replace(b"GS*HP*", b"GS*HC*")
    job = loading.load(plan, content, kind=Kind.REMITTANCES)
    assert (job.state, job.error) == ("failed", "not_an_835")


@pytest.mark.parametrize("at", range(1, 5))
def test_a_load_killed_anywhere_goes_on_with_nothing_lost_or_doubled(
    plan: Path, received: Claim, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(handling, "CHUNK", 4)
    monkeypatch.setattr(reader, "MOST_HELD", 6)
    long = an_835(*(paid_claim(claim_number=f"L{n}") for n in range(11)), number="E1")
    payments = an_835(paid_claim(), number="E0"), long, an_835(denied_claim(), number="E2")
    with monkeypatch.context() as killing:
        _kill(killing, at)
        with pytest.raises(_Killed):
            load(plan, *payments)
    assert not Payment.objects.filter(trace_number="E1", claim_count__lt=11).exists()
    job = _go_on()
    assert job.state == "done"
    assert job.summary == {"rows": 3, "accepted": 3}
    held = Payment.objects.order_by("trace_number").values_list("trace_number", "claim_count", "denied_count")
    assert list(held) == [("E0", 1, 0), ("E1", 11, 0), ("E2", 1, 1)]
    numbers = ClaimPayment.objects.filter(payment__trace_number="E1").values_list("claim_number", "position")
    assert list(numbers) == [(f"L{n}", n) for n in range(11)]
    received.refresh_from_db()
    assert received.decision_count == 2


def test_two_thousand_claims_of_one_payment_are_all_there_once(plan: Path) -> None:
    assert reader.MOST_HELD < 2_000
    job = load(plan, an_835(*(paid_claim(claim_number=f"L{n}") for n in range(2_000))))
    assert job.summary == {"rows": 1, "accepted": 1}
    row = Payment.objects.get()
    assert (row.claim_count, row.amount, row.billed) == (2_000, Decimal(350_000), Decimal(600_000))
    numbers = row.claims.order_by("position").values_list("claim_number", flat=True)
    assert list(numbers) == [f"L{n}" for n in range(2_000)]


def test_a_quarantined_payment_is_taken_in_once_its_payee_is_known(plan: Path) -> None:
    lone = replace(sent.PAYEE, tax_id="", npi=building.NPI)
    job = load(plan, an_835(paid_claim(), number="E1"), an_835(paid_claim(), number="E2", payee=lone))
    assert job.summary == {"rows": 2, "accepted": 1, "quarantined": 1}
    loading.load(plan, building.PROVIDERS.encode(), Kind.PROVIDERS, name="providers.csv")
    again = intake.take_in_again(actor=loading.actor(), job=job.public_id)
    assert again
    loading.run(again.view.kind)
    assert Job.objects.get(public_id=again.job).summary == {"rows": 1, "accepted": 1}
    assert Payment.objects.get(trace_number="E2").tax_id == "070000001"
    assert Payment.objects.count() == 2


class _Killed(Exception):
    """The process is gone."""


def _kill(patching: pytest.MonkeyPatch, at: int) -> None:
    """The `at`th checkpoint is never committed."""
    calls, settle = [0], Books.settle

    def settled(self: Books, *positional: Any, **named: Any) -> None:
        settle(self, *positional, **named)
        calls[0] += 1
        if calls[0] == at:
            raise _Killed

    patching.setattr(Books, "settle", settled)


def _go_on() -> Job:
    later = Worker(name="other", now=lambda: NOW + timedelta(minutes=5), zone=ZoneInfo("America/Los_Angeles"))
    leased = queue.lease(worker=later, kinds=[Kind.REMITTANCES])
    assert leased is not None
    leases.handler_for(leased.kind).run(leased)
    return Job.objects.get(public_id=leased.public_id)


def _everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(_plain(model).order_by("pk").values()) for model in TABLES}


def _plain(model: Any) -> Any:
    return getattr(model, "every", model.objects)
