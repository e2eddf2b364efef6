"""Who is found, in which order, and who may look."""

from datetime import date
from typing import Any

import pytest
from pytest_django import Settings

from portico.domains.directory import finding, models
from portico.domains.directory.finding import Nearby, Wanted
from portico.domains.permits.permit import NotPermitted
from tests.support import directory as building
from tests.support.actors import TODAY, front_desk, plan_staff, visitor
from tests.support.directory import CLINIC, GRACE, HMO, NADIA, PPO, RIDGE
from tests.support.world import uses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _directory() -> None:
    """Grace and the clinic in Northlake, Nadia some 31 miles away in Cedar Ridge."""
    building.zip_codes()
    building.affiliated(GRACE, lines=(HMO, PPO), telehealth=True)
    building.affiliated(NADIA, building.OTHER, accepts_new_patients=False, accessibility=["parking"], **RIDGE)
    building.affiliated(CLINIC)
    building.refresh()


def found(on: date = TODAY, **wanted: Any) -> list[str]:
    """The NPIs found, in their order."""
    answer = finding.find(actor=front_desk(), wanted=Wanted(on=on, **wanted))
    return [row.npi for row in answer.page.rows]


@pytest.mark.parametrize(
    ("wanted", "npis"),
    [
        pytest.param({}, [NADIA, CLINIC, GRACE], id="everybody by name"),
        pytest.param({"line": PPO}, [GRACE], id="a network"),
        pytest.param({"specialty": "heart"}, [NADIA], id="a specialty"),
        pytest.param({"language": "Arabic"}, [NADIA], id="a language"),
        pytest.param({"accepts": True}, [CLINIC, GRACE], id="new patients"),
        pytest.param({"telehealth": True}, [GRACE], id="telehealth"),
        pytest.param({"accessible": True}, [NADIA], id="accessible"),
        pytest.param({"name": "lin"}, [GRACE], id="a last name"),
        pytest.param({"name": "Grace Lin"}, [GRACE], id="two names"),
        pytest.param({"name": "kho, nad"}, [NADIA], id="beginnings of names"),
        pytest.param({"name": "rac"}, [], id="no beginning of a name"),
        pytest.param({"name": "%"}, [NADIA, CLINIC, GRACE], id="signs alone"),
        pytest.param({"zip_code": "90901", "within": 50}, [GRACE, CLINIC, NADIA], id="the nearest first"),
        pytest.param({"zip_code": "92941", "within": 50}, [NADIA, GRACE, CLINIC], id="from the other side"),
        pytest.param({"zip_code": "90901", "within": 25}, [GRACE, CLINIC], id="within some miles"),
    ],
)
def test_who_is_so_is_found(wanted: dict[str, Any], npis: list[str]) -> None:
    assert found(**wanted) == npis


def test_miles_are_told() -> None:
    wanted = Wanted(on=TODAY, zip_code="90901", within=50)
    answer = finding.find(actor=front_desk(), wanted=wanted)
    assert [row.miles for row in answer.page.rows] == [0.0, 0.0, 31.0]
    assert answer.nearby is Nearby.MEASURED


def test_an_unknown_zip_code_is_said_and_names_order_the_list() -> None:
    answer = finding.find(actor=front_desk(), wanted=Wanted(on=TODAY, zip_code="10001"))
    assert answer.nearby is Nearby.UNKNOWN
    assert len(answer.page.rows) == 3


@pytest.mark.parametrize(
    ("on", "is_found"),
    [
        pytest.param(date(2024, 12, 31), False, id="the day before"),
        pytest.param(date(2025, 1, 1), True, id="the first day"),
        pytest.param(date(2026, 3, 31), True, id="the last day"),
        pytest.param(date(2026, 4, 1), False, id="the day after"),
    ],
)
def test_both_ends_of_a_network_count(on: date, is_found: bool) -> None:
    models.Network.objects.filter(listing__npi=NADIA).update(last_on=date(2026, 3, 31))
    assert (NADIA in found(on, line=HMO)) is is_found


@pytest.mark.parametrize("zip_code", ["", "90901"], ids=["by name", "by distance"])
@pytest.mark.parametrize("size", [1, 2, 3, 4], ids=str)
def test_pages_make_the_whole(zip_code: str, size: int) -> None:
    models.Listing.objects.filter(npi=GRACE).update(unverified_since=TODAY)
    wanted, rows, after = Wanted(on=TODAY, zip_code=zip_code, within=50), [], ""
    while True:
        page = finding.find(actor=front_desk(), wanted=wanted, after=after, size=size).page
        rows += [row.npi for row in page.rows]
        if page.next_key is None:
            break
        after = page.next_key
    assert rows == ([CLINIC, NADIA, GRACE] if zip_code else [NADIA, CLINIC, GRACE])


@pytest.mark.parametrize("key", ["x", "c~", "c1", "c1~nan", "u9999999999999999999~1", "c1~'"])
def test_a_key_that_is_none_is_no_error(key: str) -> None:
    for zip_code in ("", "90901"):
        finding.find(actor=front_desk(), wanted=Wanted(on=TODAY, zip_code=zip_code), after=key)


def test_the_search_is_one_row_of_the_audit_and_holds_nothing_typed() -> None:
    found(name="Okafor", zip_code="90901")
    [row] = uses(function="provider_search")
    assert (row.conclusion, row.outcome, row.line, row.subjects.count()) == ("nothing", "allowed", "", 0)


def test_a_visitor_looks_where_the_plan_lets() -> None:
    with pytest.raises(NotPermitted):
        finding.find(actor=visitor(), wanted=Wanted(on=TODAY))
    [row] = uses(outcome="denied")
    assert row.function == "provider_search"


@pytest.mark.parametrize(("shown", "address"), [("names", ""), ("all", "120 Harbor Street")])
def test_a_visitor_sees_what_the_plan_shows(settings: Settings, shown: str, address: str) -> None:
    settings.PUBLIC_DIRECTORY = shown
    [row] = finding.find(actor=visitor(), wanted=Wanted(on=TODAY, name="Lin")).page.rows
    assert (row.name, row.city, row.address) == ("Grace Lin, MD", "Northlake", address)
    assert bool(row.telephone) is bool(address)
    [use] = uses(function="public_pages")
    assert use.conclusion == "found"


def test_plan_staff_search_too() -> None:
    assert finding.find(actor=plan_staff(), wanted=Wanted(on=TODAY)).page.rows


def test_choices_are_what_listings_have() -> None:
    chosen = finding.choices()
    assert chosen.specialties == ("Family medicine", "Group practice", "Heart")
    assert chosen.languages == ("Arabic", "Chinese", "French")
