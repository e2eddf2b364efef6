"""An entry card shows its address whole, says how to know the site, and is PDF/UA."""

from dataclasses import replace
from datetime import date

import pytest

from portico.edges.web.documents import entry_card
from portico.edges.web.documents.entry_card import EntryCard
from portico.edges.web.documents.tests import examples
from portico.edges.web.documents.tests.test_id_card import squeezed
from portico.shared.pdf.tests import reading

LETTER = (612.0, 792.0)
CARD = EntryCard(
    examples.NORTHLAKE,
    name="Medi-Cal",
    says="Offices that treat members of Medi-Cal.",
    host="providers.example.org",
    address="https://providers.example.org/enter/medi-cal/",
    printed_on=date(2026, 3, 12),
)


def test_the_card_holds_pdf_ua_on_one_page() -> None:
    pdf = entry_card.render(CARD)
    told = reading.promises(pdf)
    assert (told.title, told.part, told.language) == ("Entry card: Medi-Cal", "1", "en")
    assert reading.failures(pdf) == []
    assert reading.sizes(pdf) == [LETTER]


def test_it_says_where_to_sign_in_and_how_to_know_the_site() -> None:
    text = reading.text(entry_card.render(CARD))
    assert "Printed March 12, 2026" in text
    assert "Medi-Cal" in text
    assert "Offices that treat members of Medi-Cal." in text
    assert squeezed(CARD.address) in squeezed(text)
    assert "the name of the site is providers.example.org" in text
    assert "Sign in with your own username." in text
    assert "call 1-800-555-0142" in text


def test_a_card_of_another_audience_says_where_it_leads() -> None:
    text = reading.text(entry_card.render(replace(CARD, elsewhere="members.example.org")))
    assert "You are led on to members.example.org." in text
    assert "username" not in text


def test_the_picture_opens_the_address_and_speaks() -> None:
    printed = entry_card.printed(CARD)
    assert str(printed["qr"]).startswith("<svg")
    assert printed["qr_alt"] == f"QR code that opens {CARD.address}"
    assert printed["qr"] != entry_card.printed(replace(CARD, address="https://x.example.org/"))["qr"]


@pytest.mark.parametrize("name", ["W" * 80, "#panic() *b* $x$", "Niños y Niñas: programa estatal " * 2])
def test_a_long_or_hostile_name_is_whole_and_stays_on_the_page(name: str) -> None:
    pdf = entry_card.render(replace(CARD, name=name, says=name * 2, address=f"{CARD.address}{'x' * 120}/"))
    assert squeezed(name) in squeezed(reading.text(pdf))
    assert reading.sizes(pdf) == [LETTER]
    assert reading.failures(pdf) == []


def test_the_same_card_is_the_same_file() -> None:
    assert entry_card.render(CARD) == entry_card.render(CARD)
