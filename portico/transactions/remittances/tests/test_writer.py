"""What is written is valid, balances, and is read back as it was."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portico.domains.claims.facts.paid import PaidClaim, PaymentAdjusted, PaymentWithClaims
from portico.domains.claims.facts.submitted import Party, Patient
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.grammar_faults import Fault
from portico.transactions.guides.guide_835 import GUIDE_835
from portico.transactions.remittances import writer
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import claim, dollars, off, payment, service
from portico.transactions.remittances.writer import OutOfBalance
from tests.conformance import x12 as judges

_CHANGES = (
    PaymentAdjusted("WO", dollars("20.01"), "26015A0009", sent.NPI, date(2026, 12, 31)),
    PaymentAdjusted("L6", dollars("-1.27"), "", sent.NPI, date(2026, 12, 31)),
)
_REVERSED = claim(
    *("-300", "-175"),
    service(1, "-200", "-120", off("CO", "45", "-50"), off("PR", "2", "-30")),
    service(2, "-100", "-55", off("CO", "45", "-20"), off("PR", "3", "-25")),
    status="22",
)
CASES: dict[str, tuple[PaymentWithClaims, ...]] = {
    "an ordinary claim": (payment(sent.an_ordinary_claim()),),
    "a payment of one cent": (payment(claim("1", "0.01", adjustments=(off("CO", "45", "0.99"),))),),
    "nothing paid": (
        payment(
            claim("80", "0", service(1, "80", "0", off("CO", "197", "80"), remarks=("N56",)), status="4"),
            method="NON",
            handling="H",
        ),
    ),
    "no claim at all": (payment(changes=(PaymentAdjusted("CS", dollars("-5")),)),),
    "taken back and decided anew": (payment(_REVERSED, sent.an_ordinary_claim()),),
    "more taken back than paid": (payment(_REVERSED),),
    "changes of the payment": (payment(sent.an_ordinary_claim(), changes=_CHANGES),),
    "nine changes": (payment(sent.an_ordinary_claim(), changes=_CHANGES[1:] * 9),),
    "fourteen reasons": (
        payment(claim("140", "0", adjustments=tuple(off("OA", str(90 + n), "10") for n in range(14)))),
    ),
    "a stay": (
        payment(
            claim(
                *("5000", "3000"),
                adjustments=(off("CO", "45", "2000"),),
                is_institutional=True,
                drg="0470",
                remarks=("MA01", "N1", "N2"),
                last_on=date(2026, 1, 29),
                filing="ZZ",
            )
        ),
    ),
    "revenue codes": (
        payment(claim("10", "10", service(1, "10", "10", code_kind="", code="", revenue_code="0120"))),
    ),
    "several payees": (
        payment(sent.an_ordinary_claim()),
        payment(
            sent.an_ordinary_claim(),
            trace_number="EFT0000118",
            payee=Party(name="Seaside Clinic", tax_id="009999998"),
        ),
    ),
    "a dependent and who rendered": (
        payment(
            sent.an_ordinary_claim(
                subscriber=Patient("Quillfeather", "Ana", member_id="N000112232"),
                rendering=Party(name="Tran", first_name="Mei", is_person=True, npi=sent.NPI),
                covered=dollars("290"),
                interest=dollars("1.5"),
            )
        ),
    ),
}


@pytest.mark.parametrize("payments", CASES.values(), ids=CASES)
def test_what_is_written_is_valid_under_the_guide(payments: tuple[PaymentWithClaims, ...]) -> None:
    content = sent.written(*payments)
    if content.count(b"PLB*") <= 1:  # pyx12 takes each further PLB for another footer, and allows one
        judges.assert_835_parses(content.decode())
    faults: list[Fault] = []
    for interchange in envelopes.read(content):
        for transaction in interchange.transactions():
            list(grammar.labelled(transaction, GUIDE_835, faults.append))
    assert not faults


@pytest.mark.parametrize("payments", CASES.values(), ids=CASES)
def test_what_is_written_is_read_back_as_it_was(payments: tuple[PaymentWithClaims, ...]) -> None:
    found = sent.read(sent.written(*payments))
    assert [one.misread for one in found] == [None] * len(payments)
    for one, was in zip(found, payments, strict=True):
        assert one.payment is not None
        assert replace(one.payment, place=0, adjustments=()) == replace(was.payment, adjustments=())
        changes = [(change.reason, change.amount, change.identifier) for change in one.payment.adjustments]
        assert changes == [(was.reason, was.amount, was.identifier) for was in was.payment.adjustments]
        assert tuple(map(_without_places, one.claims or ())) == tuple(map(_without_places, was.claims))


@pytest.mark.parametrize("payments", CASES.values(), ids=CASES)
def test_what_is_written_again_is_the_same_to_the_byte(payments: tuple[PaymentWithClaims, ...]) -> None:
    content = sent.written(*payments)
    read = [PaymentWithClaims(one.payment, one.claims or ()) for one in sent.read(content) if one.payment]
    assert sent.written(*read) == content


def test_a_name_is_told_in_letters_every_partner_reads() -> None:
    person = Patient("Peñafiel*O'Neill", "Zoë", member_id="N000112233")
    content = sent.written(payment(sent.an_ordinary_claim(patient=person)))
    assert b"NM1*QC*1*Penafiel O'Neill*Zoe****MI*N000112233~" in content
    judges.assert_835_parses(content.decode())


def test_the_member_share_is_told_but_not_of_a_reversal() -> None:
    content = sent.written(payment(_REVERSED, sent.an_ordinary_claim())).decode()
    assert "CLP*PC-1*22*-300*-175**HM*" in content
    assert "CLP*PC-1*1*300*175*55*HM*" in content


@pytest.mark.parametrize(
    "wrong",
    [
        payment(claim("300", "175", service(1, "200", "120.01", off("CO", "45", "80")))),
        payment(claim("300", "174.99", adjustments=(off("CO", "45", "125"),))),
        replace(
            payment(sent.an_ordinary_claim()),
            payment=replace(payment(sent.an_ordinary_claim()).payment, amount=Decimal("175.01")),
        ),
    ],
    ids=["line", "claim", "payment"],
)
def test_what_does_not_add_up_is_never_written(wrong: PaymentWithClaims) -> None:
    with pytest.raises(OutOfBalance, match=r"out by -?0\.0"):
        writer.one(wrong, plan=sent.PLAN, at=sent.AT, control_number=1)


def _without_places(one: PaidClaim) -> PaidClaim:
    services = tuple(replace(service, place=0) for service in one.services)
    return replace(one, place=0, services=services, member_share=None)
