"""What the reader makes of files: payments, claims, and why one cannot be taken in."""

import io
import tracemalloc
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from portico.shared.x12 import charset
from portico.transactions.parts.misread import FileRefused, MisreadReason
from portico.transactions.remittances import reader
from portico.transactions.remittances.tests import sent
from portico.transactions.remittances.tests.sent import claim, off, payment, service
from tests.support import public_files

ZONE = ZoneInfo("America/Los_Angeles")
ORDINARY = sent.written(payment(sent.an_ordinary_claim()))

WRONG = {
    "a line": (b"SVC*HC>99213*200", b"SVC*HC>99213*200.01", "service_out_of_balance", "SVC"),
    "a claim": (b"CLP*PC-1*1*300*175", b"CLP*PC-1*1*300*175.01", "claim_out_of_balance", "CLP"),
    "the payment": (b"BPR*I*175*", b"BPR*I*174.99*", "payment_out_of_balance", "ST"),
    "a debit": (b"175*C*ACH", b"175*D*ACH", "payment_out_of_balance", "ST"),
    "no trace number": (b"TRN*1*EFT0000117*", b"TRN*1**", "value_missing", "TRN"),
    "no day": (b"*20260203~", b"~", "value_missing", "BPR"),
    "no such day": (b"*20260203~", b"*20260231~", "date_wrong", "BPR"),
    "a fraction of a cent": (b"BPR*I*175*", b"BPR*I*175.001*", "amount_wrong", "BPR"),
    "no number": (b"BPR*I*175*", b"BPR*I*1e9*", "amount_wrong", "BPR"),
    "no such status": (b"CLP*PC-1*1*", b"CLP*PC-1*9*", "value_not_known", "CLP"),
    "no claim number": (b"*26015A0001*", b"**", "value_missing", "CLP"),
    "no such group": (b"CAS*PR*2*", b"CAS*ZZ*2*", "value_not_known", "CAS"),
    "a reason without an amount": (b"CAS*PR*2*30~", b"CAS*PR*2~", "value_missing", "CAS"),
    "no patient": (b"NM1*QC*", b"NM1*GB*", "value_missing", "CLP"),
    "a tax ID with a letter": (b"REF*TJ*009999999", b"REF*TJ*00999999A", "identifier_wrong", "REF"),
    "a stray segment": (b"LX*1~", b"LX*1~HL*1~", "segment_unexpected", "HL"),
    "what is no segment": (b"LX*1~", b"LX*1~lower*1~", "segment_unexpected", "lower"),
    "another currency": (b"DTM*405*", b"CUR*PR*EUR~DTM*405*", "value_not_known", "CUR"),
    "no such code": (b"SVC*HC>99213*", b"SVC*XX>99213*", "value_not_known", "SVC"),
}


@pytest.mark.parametrize(("old", "new", "reason", "where"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_taken_in_is_told_with_its_place(
    old: bytes, new: bytes, reason: str, where: str
) -> None:
    content = sent.mended(ORDINARY.replace(b":", b">"), old, new)
    (found,) = sent.read(content)
    assert found.misread is not None
    assert found.misread.reason == reason
    at = content.decode().split("~")[found.misread.place - 1]
    assert at.split("*")[0] == where
    assert found.payment is None
    assert found.claims is None


def test_what_does_not_add_up_says_which_and_by_how_much() -> None:
    wrong = claim("300", "175", adjustments=(off("CO", "45", "112.50"),))
    one = replace(payment(sent.an_ordinary_claim()), claims=(wrong,))
    content = sent.written(payment(sent.an_ordinary_claim()))
    assert one.payment.amount == Decimal("175.00")
    (found,) = sent.read(sent.mended(content, b"CAS*CO*45*20~", b"CAS*CO*45*32.50~"))
    assert found.misread is not None
    assert found.misread.about == "Line 2 of claim 26015A0001 is out by -12.50"


def test_one_bad_payment_costs_no_other() -> None:
    good = payment(sent.an_ordinary_claim())
    other = payment(sent.an_ordinary_claim(), trace_number="EFT0000118")
    content = sent.mended(sent.written(good, other, good), b"EFT0000118", b"")
    reasons = [found.misread and found.misread.reason for found in sent.read(content)]
    assert reasons == [None, MisreadReason.VALUE_MISSING, None]


def test_a_payment_of_one_cent_and_one_of_nothing_are_read() -> None:
    cent = payment(claim("1", "0.01", adjustments=(off("CO", "45", "0.99"),)))
    nothing = payment(claim("80", "0", service(1, "80", "0", off("CO", "197", "80"))), method="NON")
    amounts = [found.payment and found.payment.amount for found in sent.read(sent.written(cent, nothing))]
    assert amounts == [Decimal("0.01"), Decimal("0.00")]


def test_the_digest_does_not_depend_on_envelopes_and_delimiters() -> None:
    again = sent.written(payment(sent.an_ordinary_claim()), control_number=18)
    lines = ORDINARY.replace(b"~", b"~\n")
    changed = sent.mended(ORDINARY, b"LQ*HE*M15", b"LQ*HE*M16")
    digests = [sent.read(content)[0].digest for content in (ORDINARY, again, lines, changed)]
    assert digests[0] == digests[1] == digests[2] != digests[3]


def test_reading_goes_on_at_any_payment() -> None:
    content = sent.written(*(payment(sent.an_ordinary_claim(), trace_number=f"E{n}") for n in range(5)))
    marks = [found.bookmark for found in sent.read(content)]
    for place, mark in enumerate(marks):
        rest = reader.payments(io.BytesIO(content), begin=mark)
        numbers = [found.payment.trace_number for found in rest if found.payment]
        assert numbers == [f"E{n}" for n in range(place, 5)]


def test_the_claims_of_a_long_payment_are_read_again_from_any_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "MOST_HELD", 2)
    many = payment(*(sent.an_ordinary_claim(claim_number=f"C{n}") for n in range(5)))
    content = sent.written(payment(trace_number="E0"), many, payment(trace_number="E2"))
    found = sent.read(content)[1]
    assert (found.claims, found.claim_count) == (None, 5)
    for after in range(6):
        rest = reader.claims(io.BytesIO(content), begin=found.bookmark, after=after)
        assert [one.claim_number for one in rest] == [f"C{n}" for n in range(after, 5)]


def test_many_claims_take_no_more_memory_than_few(tmp_path: Path) -> None:
    peaks = []
    for count in (4_000, 16_000):
        path = tmp_path / str(count)
        path.write_bytes(_with_claims(count))
        tracemalloc.start()
        with path.open("rb") as file:
            (found,) = reader.payments(file)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.claim_count == count
    assert peaks[1] < peaks[0] * 1.3


def _with_claims(count: int) -> bytes:
    """One payment of so many claims, all alike."""
    head, _, rest = ORDINARY.partition(b"CLP*")
    body, _, tail = rest.partition(b"SE*")
    claims = b"CLP*" + body
    segments = head.count(b"~") - 2 + claims.count(b"~") * count + 1
    paid = head.replace(b"BPR*I*175*", b"BPR*I*%d*" % (175 * count))
    return paid + claims * count + b"SE*%d*0001~" % segments + tail.partition(b"~")[2]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"GS*HP*", b"GS*HC*", "not_an_835"),
        (b"SE*31*", b"SE*30*", "broken_envelope"),
        (b"IEA*1*000000017~", b"", "broken_envelope"),
        (b"ST*835*", b"ST*834*", "not_an_835"),
        (b"*20260312*0900*17*", b"*20260399*0900*17*", ""),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(old: bytes, new: bytes, code: str) -> None:
    content = sent.mended(ORDINARY, old, new)
    if not code:
        assert reader.survey(content, zone=ZONE).as_of.isoformat().startswith("2026-03-12T09:00")
        return
    with pytest.raises(FileRefused) as refused:
        reader.survey(content, zone=ZONE)
    assert refused.value.code == code
    assert charset.decode(refused.value.words.encode()).isprintable()


def test_a_survey_says_who_wrote_when_and_under_which_numbers() -> None:
    told = reader.survey(ORDINARY + sent.written(payment(), control_number=18), zone=ZONE)
    assert (told.sender, told.control_numbers) == ("NORTHLAKE", ("000000017", "000000018"))


SAMPLES = public_files.FOLDER / "835"
EXPECTED = {
    "835_cob-contractural-adjustment.835": ("value_missing", "BPR16"),
    "835_managed-care.835": ("date_wrong", "BPR16"),
    "835_medicare-part-a.835": (None, None),
    "835_secondary-payment.835": ("value_missing", "BPR16"),
    "835_tertiary-payment.835": ("value_missing", "BPR16"),
}


@public_files.needed
def test_every_public_file_is_read_or_says_why_not() -> None:
    assert {path.name for path in SAMPLES.iterdir()} == set(EXPECTED)
    for name, expected in EXPECTED.items():
        content = (SAMPLES / name).read_bytes()
        reader.survey(content, zone=ZONE)
        (found,) = sent.read(content)
        told = found.misread
        assert (told and told.reason, told and told.about) == expected, name


MENDED = {
    "835_cob-contractural-adjustment.835": [
        (b"***********20050318", b"************20050318"),
        (b"FI*3UR334563", b"FI*003334563"),
        (b"HC>55669", b"HC:55669"),
    ],
    "835_managed-care.835": [(b"20002316", b"20020316")],
    "835_secondary-payment.835": [
        (b"***********20050412", b"************20050412"),
        (b"HC>12345>26", b"HC:12345:26"),
        (b"HC>66543>26", b"HC:66543:26"),
    ],
    "835_tertiary-payment.835": [
        (b"***********20050412", b"************20050412"),
        (b"SVC*HC*24599.00*1766.50", b"SVC*HC:24599*1766.50"),
    ],
}
"""What is wrong with each public file: two shift a day by an element, and so on; nothing else is."""


@public_files.needed
@pytest.mark.parametrize("name", MENDED)
def test_a_public_file_is_read_once_its_last_fault_is_mended(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    for old, new in MENDED[name]:
        (found,) = sent.read(content)
        assert found.misread is not None
        content = sent.mended(content, old, new)
    (found,) = sent.read(content)
    assert found.misread is None
    assert found.claim_count == len(found.claims or ())
