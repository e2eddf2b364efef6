"""An ID card shows what was given, holds any name, and never passes for proof of coverage."""

from dataclasses import replace

import pytest

from portico.edges.web.documents import id_card
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading

CARD = (243.0, 153.0)
LONGEST_NAME = ("Maximiliana Wolfeschlegelsteinhausenbergerdorff " * 3)[:122].strip()


def squeezed(text: str) -> str:
    """Answers the text without spaces, since a broken word has none where it breaks."""
    return "".join(text.split())


def test_the_card_holds_pdf_ua_and_names_no_member_in_its_title() -> None:
    pdf = id_card.render(examples.card())
    told = reading.promises(pdf)
    assert (told.title, told.part, told.language) == ("Member ID card", "1", "en")
    assert reading.failures(pdf) == []


def test_front_and_back_are_each_a_page_of_card_size() -> None:
    assert reading.sizes(id_card.render(examples.card())) == [CARD, CARD]


def test_the_text_reads_in_order() -> None:
    text = reading.text(id_card.render(examples.card()))
    assert (
        "Northlake Health Plan PPO Gold 1500 Member Adaeze Okafor ID NLH 8842 0193 01 Group 7QX-00412 "
        "Plan code 7QX PCP Grace Lin, MD Effective 01/01/2027 Office visit $25 Specialist $50 "
        "Emergency room $300 RxBIN 999999 RxPCN NLH RxGRP GOLD"
    ) in text


def test_both_sides_say_their_day_and_that_they_prove_nothing() -> None:
    text = reading.text(id_card.render(examples.card()))
    assert text.count("As of March 12, 2027. Not proof of coverage.") == 2
    assert text.count("As of March 12, 2027 Not proof of coverage") == 2


def test_a_row_without_a_value_is_left_out() -> None:
    bare = id_card.IdCard(
        brand=examples.NORTHLAKE,
        member_name="Adaeze Okafor",
        member_id="NLH 8842 0193 01",
        benefit_plan="PPO Gold 1500",
        plan_code="7QX",
        as_of_on=examples.card().as_of_on,
    )
    text = reading.text(id_card.render(bare))
    assert not [name for name in ("Group", "PCP", "Effective", "Rx", "copay") if name in text]
    assert reading.failures(id_card.render(bare)) == []


@pytest.mark.parametrize(
    "name",
    [
        LONGEST_NAME,
        "W" * 122,
        "Maximiliana-Alexandrina de la Santísima Trinidad y Fernández-Villaverde III",
        "#panic() *b* $x$ \\u{41}",
    ],
)
def test_a_long_or_hostile_name_is_whole_and_stays_on_its_side(name: str) -> None:
    pdf = id_card.render(replace(examples.card(), member_name=name))
    assert squeezed(name) in squeezed(reading.text(pdf))
    assert reading.sizes(pdf) == [CARD, CARD]
    assert reading.failures(pdf) == []


def test_more_than_a_side_holds_is_drawn_smaller() -> None:
    base = examples.card()
    crowded = replace(
        base,
        member_name=LONGEST_NAME,
        member_id="W" * 60,
        group_number="W" * 50,
        primary_care="Featherstonehaugh " * 6,
        contacts=base.contacts * 4,
    )
    pdf = id_card.render(crowded)
    assert reading.sizes(pdf) == [CARD, CARD]
    assert "W" * 60 in squeezed(reading.text(pdf))


def test_a_picture_of_each_side_is_1012_by_638_at_300_dots() -> None:
    front = id_card.picture(examples.card())
    back = id_card.picture(examples.card(), side=id_card.Side.BACK)
    for png in (front, back):
        assert png.startswith(b"\x89PNG")
        assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1012, 638)
    assert front != back
    assert id_card.picture(examples.card()) == front


def test_the_alternative_text_says_what_the_picture_shows() -> None:
    assert id_card.alternative_text(examples.card()).startswith(
        "Northlake Health Plan ID card; Member Adaeze Okafor; ID NLH 8842 0193 01; Group 7QX-00412;"
    )
    back = id_card.alternative_text(examples.card(), side=id_card.Side.BACK)
    assert "Provider services 1-800-555-0142" in back
    assert "Adaeze" not in back
