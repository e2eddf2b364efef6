"""A payment taken home as a file: the original cut out of what was loaded, and one written anew."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portico.domains.audit.models import Entry
from portico.domains.claims import payment_files, payment_taking
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService, PaymentAdjusted, PaymentWithClaims
from portico.domains.claims.models import Payment
from portico.domains.claims.payment_files import NotKept, PaymentIsPart, PaymentNotFound
from portico.domains.jobs import kept_files
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.edges.loaders.intake import Kind
from portico.transactions.remittances import writer
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import claim, dollars, off, payment, service
from tests.conformance import x12 as judges
from tests.loads import loading
from tests.support import actors, claims
from tests.support.actors import OWN_TAX_ID

EVERYTHING = actors.grant(Function.REMITTANCE, lines=None)
BILLER = actors.front_desk(EVERYTHING)
OF_ONE_PROVIDER = actors.front_desk(replace(EVERYTHING, providers=frozenset({"2000000024"})))
OTHER_OFFICE = actors.front_desk(replace(EVERYTHING, tax_ids=frozenset({"171234568"})))
PAYEE = replace(sent.PAYEE, tax_id=OWN_TAX_ID)


def ours(*paid: PaidClaim, number: str = "E1", **more: Any) -> PaymentWithClaims:
    return payment(*paid, trace_number=number, payee=PAYEE, **more)


def load(folder: Path, *payments: PaymentWithClaims, **replaced: bytes) -> None:
    content = sent.written(*payments)
    for line_end in replaced.values():
        content = content.replace(b"~", b"~" + line_end)
    loading.load(folder, content, kind=Kind.REMITTANCES)


def of(number: str) -> UUID:
    return Payment.objects.get(trace_number=number).public_id


def written(actor: Actor, number: str) -> bytes:
    told = payment_taking.whole(actor=actor, payment=of(number))
    return writer.one(told.sent, plan=sent.PLAN, at=sent.AT, control_number=told.number)


@pytest.mark.parametrize("line_end", [b"", b"\n", b"\r\n"])
def test_the_original_is_the_payment_alone_as_it_was_sent(plan: Path, line_end: bytes) -> None:
    others = payment(sent.an_ordinary_claim(), trace_number="SECRET")
    load(plan, others, ours(sent.an_ordinary_claim()), others, line_end=line_end)
    found = payment_files.original(actor=BILLER, payment=of("E1"))
    assert b"SECRET" not in found.content
    assert sent.read(found.content)[0].payment == replace(ours(sent.an_ordinary_claim()).payment, place=3)
    judges.assert_835_parses(found.content.decode())
    assert f"ISA13={found.control_number:09d}" == f"ISA13={found.content.decode().split('*')[13]}"
    assert payment_files.original(actor=BILLER, payment=of("E1")) == found


def test_who_took_it_and_whom_it_was_about_is_audited(plan: Path) -> None:
    load(plan, ours(sent.an_ordinary_claim()))
    payment_files.original(actor=BILLER, payment=of("E1"))
    entry = Entry.objects.order_by("-pk")[0]
    assert (entry.function, entry.outcome, entry.conclusion) == ("remittance", "allowed", "payment_taken")
    assert list(entry.subjects.values_list("kind", "identifier")) == [
        ("payment", "E1"),
        ("member", "N000112233"),
    ]


def test_a_file_that_is_gone_or_changed_is_not_handed_out(plan: Path) -> None:
    load(plan, ours(sent.an_ordinary_claim()))
    file = kept_files.path(Payment.objects.get().file)
    content = file.read_bytes()
    file.chmod(0o600)
    for broken in (content.replace(b"CLP*PC-1*", b"CLP*PC-2*"), content[:400], b""):
        file.write_bytes(broken)
        with pytest.raises(NotKept):
            payment_files.original(actor=BILLER, payment=of("E1"))
    file.unlink()
    with pytest.raises(NotKept):
        payment_files.original(actor=BILLER, payment=of("E1"))
    judges.assert_835_parses(written(BILLER, "E1").decode())


@pytest.mark.parametrize("take", [payment_files.original, payment_taking.whole])
def test_another_offices_payment_is_as_unknown_as_none(plan: Path, take: object) -> None:
    load(plan, ours(sent.an_ordinary_claim()))
    with pytest.raises(PaymentNotFound):
        take(actor=OTHER_OFFICE, payment=of("E1"))  # type: ignore[operator]
    with pytest.raises(PaymentNotFound):
        take(actor=BILLER, payment=uuid4())  # type: ignore[operator]
    with pytest.raises(NotPermitted):
        take(actor=actors.front_desk(), payment=of("E1"))  # type: ignore[operator]


@pytest.mark.parametrize("take", [payment_files.original, payment_taking.whole])
def test_whoever_sees_a_part_gets_no_835_of_it(plan: Path, take: object) -> None:
    load(plan, ours(sent.an_ordinary_claim()))
    with pytest.raises(PaymentIsPart):
        take(actor=OF_ONE_PROVIDER, payment=of("E1"))  # type: ignore[operator]
    assert Entry.objects.order_by("-pk")[0].conclusion == "payment_is_part"


def test_one_is_written_even_of_a_payment_nothing_more_is_kept_of(plan: Path) -> None:
    claims.payment([claims.decided(line_id="employer-hmo")], trace_number="E7")
    content = written(BILLER, "E7")
    judges.assert_835_parses(content.decode())
    assert sent.read(content)[0].misread is None


def test_a_payment_of_parts_is_written_whole(plan: Path) -> None:
    paid = claim("-300", "-175", service(1, "-300", "-175", off("CO", "45", "-125")), status="22")
    change = PaymentAdjusted("FB", dollars("-200.01"), "E0", sent.NPI, None)
    fiscal = replace(change, fiscal_on=sent.AT.date())
    load(plan, ours(paid, sent.an_ordinary_claim(), changes=(fiscal,)))
    assert sent.read(written(BILLER, "E1"))[0].digest == Payment.objects.get().digest


_cents = st.integers(0, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
_reasons = st.sampled_from(("1", "2", "3", "45", "97", "197", "B7"))
_off = st.builds(Adjusted, st.sampled_from(Group), _reasons, _cents)


@st.composite
def _services(draw: st.DrawFn) -> PaidService:
    billed, adjustments = draw(_cents), tuple(draw(st.lists(_off, max_size=8)))
    paid = billed - sum((one.amount for one in adjustments), Decimal(0))
    return service(1, str(billed), str(paid), *adjustments)


@st.composite
def _claims(draw: st.DrawFn) -> PaidClaim:
    services = tuple(draw(st.lists(_services(), max_size=3)))
    services = tuple(replace(one, number=number) for number, one in enumerate(services, 1))
    adjustments = tuple(draw(st.lists(_off, max_size=7)))
    billed = sum((one.billed for one in services), Decimal(0)) if services else draw(_cents)
    taken = sum((one.amount for one in adjustments), Decimal(0))
    paid = (sum((one.paid for one in services), Decimal(0)) if services else billed) - taken
    sign = draw(st.sampled_from((1, -1)))
    found = claim(str(billed), str(paid), *services, adjustments=adjustments)
    return found if sign > 0 else _taken_back(found)


def _taken_back(found: PaidClaim) -> PaidClaim:
    services = tuple(
        replace(one, billed=-one.billed, paid=-one.paid, adjustments=_negative(one.adjustments))
        for one in found.services
    )
    turned = replace(found, services=services, adjustments=_negative(found.adjustments))
    return replace(turned, status="22", billed=-found.billed, paid=-found.paid)


def _negative(adjustments: tuple[Adjusted, ...]) -> tuple[Adjusted, ...]:
    return tuple(replace(one, amount=-one.amount) for one in adjustments)


_number = iter(range(10**9))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(paid=st.lists(_claims(), max_size=4), change=_cents)
def test_what_is_loaded_is_written_again_to_the_cent(
    plan: Path, paid: list[PaidClaim], change: Decimal
) -> None:
    number = f"P{next(_number)}"
    changes = (PaymentAdjusted("L6", change, "", sent.NPI, sent.AT.date()),) if change else ()
    load(plan, ours(*paid, number=number, changes=changes))
    content = written(BILLER, number)
    (found,) = sent.read(content)
    assert found.misread is None
    assert found.digest == Payment.objects.get(trace_number=number).digest
    judges.assert_835_parses(content.decode())
