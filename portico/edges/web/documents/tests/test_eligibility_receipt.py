"""An eligibility receipt repeats the answer exactly and says how the plan confirms it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portico.edges.web.documents import eligibility_receipt
from portico.edges.web.documents.eligibility_receipt import Fact, Facts, Tone
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading


def test_the_receipt_holds_pdf_ua_and_names_no_member_in_its_title() -> None:
    pdf = eligibility_receipt.render(examples.receipt())
    told = reading.promises(pdf)
    assert (told.title, told.part) == ("Eligibility receipt 4K7M-9QTD-2X8F", "1")
    assert (told.marked, told.shows_title, told.language) == (True, True, "en")
    assert reading.failures(pdf) == []


def test_the_text_reads_in_order() -> None:
    text = reading.text(eligibility_receipt.render(examples.receipt()))
    assert (
        "Eligibility receipt Reference number 4K7M-9QTD-2X8F Asked by Lakeside Family Practice "
        "As of March 12, 2027 Asked at March 12, 2027 at 2:05 PM Pacific Time "
        "Active on March 12, 2027 The PCP of record belongs to another medical group. "
        "Member Name Adaeze Okafor Member ID NLH 8842 0193 01 Date of birth July 4, 1988 Coverage"
    ) in text
    assert "Covered to Not given" in text
    assert "Deductible met $412.50 Other coverage on file No" in text
    assert "Source Current as of Membership March 12, 2027 at 4:30 AM Pacific Time" in text
    assert f"Fingerprint of the answer (SHA-256) {examples.receipt().digest}" in text


def test_the_table_of_sources_has_heads_and_the_code_a_text() -> None:
    told = reading.promises(eligibility_receipt.render(examples.receipt()))
    assert (told.count()["Table"], told.count()["TH"]) == (1, 2)
    figures = [tag.alternative for tag in told.tags if tag.kind == "Figure"]
    assert figures == ["QR code that opens the plan's confirmation of receipt 4K7M-9QTD-2X8F"]


def test_without_an_address_there_is_no_code() -> None:
    pdf = eligibility_receipt.render(replace(examples.receipt(), verification_url=""))
    assert reading.promises(pdf).count()["Figure"] == 0
    assert reading.failures(pdf) == []


def test_the_same_answer_gives_the_same_bytes() -> None:
    first = eligibility_receipt.render(examples.receipt())
    eligibility_receipt.render(replace(examples.receipt(), reference="OTHER"))
    assert eligibility_receipt.render(examples.receipt()) == first


@pytest.mark.parametrize("tone", list(Tone))
def test_every_verdict_prints_in_words(tone: Tone) -> None:
    pdf = eligibility_receipt.render(replace(examples.receipt(), tone=tone, verdict="Covered until May"))
    assert "Covered until May" in reading.text(pdf)


@pytest.mark.parametrize("hostile", ["#panic()", "*bold* $x$ \\u{41}", "W" * 200, "Nguyễn Łucja Արամ 王"])
def test_hostile_texts_print_as_they_stand(hostile: str) -> None:
    facts = Facts(hostile, (Fact(hostile, hostile),))
    pdf = eligibility_receipt.render(
        replace(examples.receipt(), asked_by_office=hostile, verdict=hostile, groups=(facts,))
    )
    expected = "".join(hostile.split()).replace("王", "�")
    assert "".join(reading.text(pdf).split()).count(expected) == 5
    assert reading.failures(pdf) == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "Not given"),
        ("", "Not given"),
        ("HMO", "HMO"),
        (True, "Yes"),
        (False, "No"),
        (date(2026, 3, 12), "March 12, 2026"),
        (Decimal(1500), "$1,500.00"),
        (Decimal(0), "$0.00"),
    ],
)
def test_a_value_is_written_out(value: str | date | Decimal | bool | None, expected: str) -> None:
    assert eligibility_receipt.shown(value) == expected
