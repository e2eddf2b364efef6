"""The confirmation of a registration shows one number large, says what happens next, and claims nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portico.edges.web.documents import registration_confirmation
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.registration_confirmation import RegistrationConfirmation
from portico.shared.pdf.tests import reading

NUMBER = "4K7M-9QTD-2X8F-0ABC-Z"
CONFIRMATION = RegistrationConfirmation(
    brand=Brand("Northlake Health Plan", "1-800-555-0142"),
    transaction_id=NUMBER,
    printed_at=datetime(2026, 3, 12, 10, 5, tzinfo=UTC),
    zone_name="PDT",
    headline="The plan looks at every request of this kind",
    says=("Nothing is wrong with yours.",),
    due_at=datetime(2026, 3, 16, 10, 5, tzinfo=UTC),
    address="https://portal.example.org/register/status/",
)


def test_the_paper_holds_pdf_ua_and_its_title_not_the_number() -> None:
    pdf = registration_confirmation.render(CONFIRMATION)
    told = reading.promises(pdf)
    assert (told.title, told.part) == ("Confirmation of your registration", "1")
    assert (told.marked, told.shows_title, told.language) == (True, True, "en")
    assert reading.failures(pdf) == []


def test_the_text_reads_in_order() -> None:
    text = reading.text(registration_confirmation.render(CONFIRMATION))
    parts = (
        f"Transaction ID {NUMBER} Keep this paper as you keep a key.",
        "The plan looks at every request of this kind Nothing is wrong with yours.",
        "What happens next",
        "Its goal is to decide by March 16, 2026 at 10:05 AM PDT.",
        "https://portal.example.org/register/status/",
        "Printed March 12, 2026 at 10:05 AM PDT",
    )
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_where_nothing_is_left_to_decide_no_day_is_named() -> None:
    text = reading.text(registration_confirmation.render(replace(CONFIRMATION, due_at=None)))
    assert "Its goal" not in text
    assert "See where it is at any time" in text


def test_the_same_confirmation_gives_the_same_bytes() -> None:
    first = registration_confirmation.render(CONFIRMATION)
    registration_confirmation.render(replace(CONFIRMATION, transaction_id="OTHER"))
    assert registration_confirmation.render(CONFIRMATION) == first


@pytest.mark.parametrize("hostile", ["#panic()", "*bold* $x$ \\u{41}", "W" * 200, "Nguyễn Łucja Արամ"])
def test_hostile_texts_print_as_they_stand(hostile: str) -> None:
    pdf = registration_confirmation.render(replace(CONFIRMATION, headline=hostile, says=(hostile,)))
    expected = "".join(hostile.split())
    assert "".join(reading.text(pdf).split()).count(expected) == 2
    assert reading.failures(pdf) == []


def test_the_number_stands_in_no_repr() -> None:
    assert NUMBER not in repr(CONFIRMATION)
