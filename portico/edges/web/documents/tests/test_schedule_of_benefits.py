"""A Schedule of Benefits says what the plan covers, in order, to eyes and to screen readers."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from portico.edges.web.documents import schedule_of_benefits
from portico.edges.web.documents.schedule_of_benefits import Authorization, CostShare, Limit, Service
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading

LETTER = (612.0, 792.0)
TWENTY = Decimal(20)


def service(authorization: Authorization, limit: Limit | None = None) -> Service:
    """Answers a free service under this rule."""
    return Service("Office visits", "Visit", CostShare(), limit=limit, authorization=authorization)


def everywhere(text: str) -> schedule_of_benefits.ScheduleOfBenefits:
    """Answers a schedule with this text in each of six places."""
    base = examples.schedule()
    first = replace(base.services[0], name=text, note=text, category=text)
    services = (first, *base.services[1:3])
    return replace(base, benefit_plan=text, line=text, notes=(text,), services=services)


def test_the_document_holds_pdf_ua() -> None:
    pdf = schedule_of_benefits.render(examples.schedule())
    told = reading.promises(pdf)
    assert (told.marked, told.shows_title, told.part, told.language) == (True, True, "1", "en")
    assert told.title == "Schedule of Benefits: PPO Gold 1500 (individual and family), plan code 7QX"
    assert reading.failures(pdf) == []


def test_the_same_version_gives_the_same_bytes() -> None:
    first = schedule_of_benefits.render(examples.schedule())
    schedule_of_benefits.render(replace(examples.schedule(), version="4"))
    assert schedule_of_benefits.render(examples.schedule()) == first


def test_both_tables_have_heads_and_every_category_is_one() -> None:
    count = reading.promises(schedule_of_benefits.render(examples.schedule())).count()
    categories = len({each.category for each in examples.schedule().services})
    assert count["Table"] == 2
    assert count["TH"] == 3 + 5 + categories
    assert (count["H1"], count["H2"], count["LI"]) == (1, 3, 3)


def test_forty_services_take_two_letter_pages() -> None:
    pdf = schedule_of_benefits.render(examples.schedule())
    assert reading.sizes(pdf) == [LETTER, LETTER]
    assert "Page 1 of 2" in reading.text(pdf)
    assert "Page 2 of 2" in reading.text(pdf)


def test_the_text_reads_in_order() -> None:
    text = reading.text(schedule_of_benefits.render(examples.schedule()))
    stations = [
        "Schedule of Benefits PPO Gold 1500",
        "Plan code 7QX Line of business Individual & Family Product PPO In force 01/01/2027 to 12/31/2027",
        "Version 3, issued November 2, 2026",
        "Individual deductible $1,500 $3,000",
        "Family out-of-pocket maximum $13,000 $26,000",
        "Service In network Out of network Limit Prior authorization",
        "Preventive care Routine physical exam No charge 40% after deductible 1 visit per year",
        "Telehealth visit Through the plan's telehealth vendor No charge Not covered — Not required",
        "Emergency room Waived if admitted $300 copay $300 copay — Not required",
        "Skilled nursing facility 20% after deductible 40% after deductible 100 days per admission Required",
        "Physical therapy $50 copay 40% after deductible 12 visits per year After 12 visits",
        "Hearing aids 20% after deductible Not covered $2,500 per year Not required",
        "Notes",
    ]
    assert [station for station in stations if station not in text] == []
    assert all(text.index(before) < text.index(after) for before, after in pairwise(stations))


def test_every_page_of_a_long_plan_repeats_the_heads() -> None:
    schedule = examples.schedule()
    pdf = schedule_of_benefits.render(replace(schedule, services=schedule.services * 5))
    pages = len(reading.sizes(pdf))
    assert pages > 5
    assert reading.text(pdf).count("Prior authorization") == pages
    assert reading.failures(pdf) == []


def test_a_plan_without_out_of_network_has_no_such_column() -> None:
    schedule = examples.schedule()
    services = tuple(replace(each, out_of_network=None) for each in schedule.services)
    pdf = schedule_of_benefits.render(replace(schedule, out_of_network=None, services=services))
    assert "Out of network" not in reading.text(pdf)
    assert reading.failures(pdf) == []


def test_a_plan_without_services_and_notes_still_prints() -> None:
    pdf = schedule_of_benefits.render(replace(examples.schedule(), services=(), notes=()))
    assert reading.sizes(pdf) == [LETTER]
    assert reading.failures(pdf) == []


@pytest.mark.parametrize(
    "hostile", ["#panic()", "*bold* $x$", "\\u{41} \\", "<label>", "W" * 300, "Wolfe-schlegelstein" * 9]
)
def test_hostile_texts_print_as_they_stand(hostile: str) -> None:
    pdf = schedule_of_benefits.render(everywhere(hostile))
    printed = "".join(reading.text(pdf).split())
    assert printed.count("".join(hostile.split())) >= 5
    assert reading.failures(pdf) == []


def test_texts_longer_than_a_page_run_on_to_the_next() -> None:
    pdf = schedule_of_benefits.render(everywhere("very " * 2000))
    assert reading.text(pdf).count("very") >= 5 * 2000
    assert reading.failures(pdf) == []


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (None, "Not covered"),
        (CostShare(covered=False), "Not covered"),
        (CostShare(covered=False, copay=Decimal(25)), "Not covered"),
        (CostShare(), "No charge"),
        (CostShare(copay=Decimal(0), coinsurance=Decimal(0)), "No charge"),
        (CostShare(copay=Decimal(25)), "$25 copay"),
        (CostShare(coinsurance=TWENTY), "20%"),
        (CostShare(coinsurance=TWENTY, deductible_applies=True), "20% after deductible"),
        (CostShare(deductible_applies=True), "No charge after deductible"),
        (
            CostShare(Decimal("300.50"), TWENTY, deductible_applies=True),
            "$300.50 copay + 20% after deductible",
        ),
    ],
)
def test_a_cost_share_in_words(share: CostShare | None, expected: str) -> None:
    assert schedule_of_benefits.cost(share) == expected


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (None, "—"),
        (Limit(Decimal(1), "visits", "year"), "1 visit per year"),
        (Limit(Decimal(100), "days", "admission"), "100 days per admission"),
        (Limit(Decimal(2500), "dollars", "lifetime"), "$2,500 per lifetime"),
    ],
)
def test_a_limit_in_words(most: Limit | None, expected: str) -> None:
    assert schedule_of_benefits.limit(most) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (service(Authorization.NO), "Not required"),
        (service(Authorization.YES), "Required"),
        (service(Authorization.NOTIFY), "Notify the plan"),
        (service(Authorization.AFTER_LIMIT), "After the limit"),
        (service(Authorization.AFTER_LIMIT, examples.limited(12)), "After 12 visits"),
    ],
)
def test_an_authorization_rule_in_words(asked: Service, expected: str) -> None:
    assert schedule_of_benefits.authorization(asked) == expected
