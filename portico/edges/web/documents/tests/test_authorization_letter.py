"""A letter about a request says the same to eyes and to screen readers, however long its texts."""

from dataclasses import replace
from datetime import UTC, datetime

from portico.edges.web.documents import authorization_letter
from portico.edges.web.documents.authorization_letter import AuthorizationLetter, PrintedSection
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading

WHY = "The notes show that twelve visits were held last month, and the knee bends fully again."
LETTER = AuthorizationLetter(
    brand=examples.NORTHLAKE,
    title="Your request is approved in part",
    number="A000000015",
    written_on="March 12, 2026",
    to=("Mei Tran", "NPI 2000000002"),
    facts=(("Patient", "Zephyrine Quillfeather"), ("Authorization number", "A000000015")),
    opening="We looked at your request.",
    rows=(("Service 1 (procedure code 97110)", "12 visits", "Approved in part: 8 visits"),),
    sections=(
        PrintedSection("Why we do not approve all of service 1", ("Fewer visits are enough.", WHY), ()),
        PrintedSection("What you can do now", (), ("Ask again.", "Appeal until May 16, 2026.")),
    ),
    made_at=datetime(2026, 3, 12, 17, tzinfo=UTC),
)


def test_the_letter_holds_pdf_ua_and_its_title_names_no_patient() -> None:
    pdf = authorization_letter.render(LETTER)
    told = reading.promises(pdf)
    assert (told.marked, told.shows_title, told.part) == (True, True, "1")
    assert told.title == "Your request is approved in part: A000000015"
    assert reading.failures(pdf) == []


def test_everything_is_printed() -> None:
    text = " ".join(reading.text(authorization_letter.render(LETTER)).split())
    for said in (*LETTER.to, LETTER.opening, WHY, "Approved in part: 8 visits", "Appeal until May 16, 2026."):
        assert said in text


def test_a_table_and_a_list_are_told_as_such() -> None:
    count = reading.promises(authorization_letter.render(LETTER)).count()
    assert (count["Table"], count["TH"], count["TD"], count["L"]) == (1, 3, 3, 1)


def test_a_letter_without_services_and_with_endless_words_fits() -> None:
    long = PrintedSection(
        "X" * 90, ("Y" * 400, *(f"Paragraph {place}." for place in range(80))), ("Z" * 300,)
    )
    pdf = authorization_letter.render(replace(LETTER, rows=(), sections=(long,) * 3, to=("W" * 120,)))
    assert reading.failures(pdf) == []
    assert "Paragraph 79." in reading.text(pdf)


def test_markup_in_words_is_printed_as_it_stands() -> None:
    pdf = authorization_letter.render(replace(LETTER, opening="#panic() *bold* $x$ [a]"))
    assert "#panic() *bold* $x$ [a]" in reading.text(pdf)
