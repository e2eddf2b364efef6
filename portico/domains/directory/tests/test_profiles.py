"""A provider's own page and a place's own page, on a day."""

from datetime import date

import pytest
from pytest_django import Settings

from portico.domains.directory import models, profiles
from portico.domains.directory.profiles import NotListed
from portico.domains.permits.permit import NotPermitted
from portico.shared.periods import Period
from tests.support import directory as building
from tests.support.actors import TODAY, front_desk, visitor
from tests.support.directory import CLINIC, GRACE, HMO, LAST_YEAR, PPO, RIDGE
from tests.support.world import uses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _directory() -> None:
    building.affiliated(GRACE, lines=(HMO, PPO))
    building.affiliated(GRACE, first_on=date(2025, 6, 1), last_on=date(2026, 6, 30), **RIDGE)
    building.affiliated(CLINIC, accessibility=["entrance"])
    building.refresh()


def test_a_provider_is_shown_with_every_place_and_network() -> None:
    shown = profiles.of(actor=front_desk(), npi=GRACE, on=TODAY)
    assert (shown.name, shown.specialty) == ("Grace Lin, MD", "Family medicine")
    assert [(at.seen.city, at.networks) for at in shown.places] == [
        ("Cedar Ridge", ((HMO, Period(date(2025, 6, 1), date(2026, 6, 30))),)),
        ("Northlake", ((HMO, Period(LAST_YEAR)), (PPO, Period(LAST_YEAR)))),
    ]
    [use] = uses(function="provider_search")
    assert use.conclusion == "provider"


def test_a_network_to_come_is_told_and_one_that_is_over_is_not() -> None:
    models.Network.objects.filter(line=PPO).update(first_on=date(2026, 4, 1))
    models.Network.objects.filter(line=HMO).update(last_on=date(2026, 3, 11))
    [_, here] = profiles.of(actor=front_desk(), npi=GRACE, on=TODAY).places
    assert here.networks == ((PPO, Period(date(2026, 4, 1))),)
    assert here.seen.lines == ()


def test_an_affiliation_that_is_over_is_no_longer_a_place() -> None:
    shown = profiles.of(actor=front_desk(), npi=GRACE, on=date(2026, 7, 1))
    assert [at.seen.city for at in shown.places] == ["Northlake"]


@pytest.mark.parametrize("npi", ["2999999999", "", "abc"], ids=["unknown", "empty", "no number"])
def test_nobody_is_not_found(npi: str) -> None:
    with pytest.raises(NotListed):
        profiles.of(actor=front_desk(), npi=npi, on=TODAY)
    [use] = uses(function="provider_search")
    assert use.conclusion == "not_found"


def test_a_place_is_shown_with_who_practises_there() -> None:
    here = models.Place.objects.get(city="Northlake")
    shown = profiles.at(actor=front_desk(), place=here.pk, on=TODAY)
    assert [one.npi for one in shown.providers] == [CLINIC, GRACE]
    assert (shown.telephone, shown.accessibility) == ("5305550110", ("entrance",))


def test_a_place_without_anybody_that_day_is_not_found() -> None:
    there = models.Place.objects.get(city="Cedar Ridge")
    with pytest.raises(NotListed):
        profiles.at(actor=front_desk(), place=there.pk, on=date(2026, 7, 1))


def test_a_visitor_sees_names_where_the_plan_shows_names(settings: Settings) -> None:
    here = models.Place.objects.get(city="Northlake")
    with pytest.raises(NotPermitted):
        profiles.at(actor=visitor(), place=here.pk, on=TODAY)
    settings.PUBLIC_DIRECTORY = "names"
    shown = profiles.at(actor=visitor(), place=here.pk, on=TODAY)
    assert (shown.address, shown.telephone, shown.city) == ("", "", "Northlake")
    assert [one.address for one in shown.providers] == ["", ""]
