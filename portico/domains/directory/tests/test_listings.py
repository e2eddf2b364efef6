"""The directory as the provider file and what lies over it make it."""

from datetime import date, timedelta
from typing import Any

import pytest

from portico.domains.directory import listings, models
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import directory as building
from tests.support.actors import TODAY, system
from tests.support.directory import GRACE, HARBOR, HMO, LAST_YEAR, NADIA, PPO, RIDGE, TAX_ID

pytestmark = pytest.mark.django_db


def listing(**wanted: Any) -> models.Listing:
    """The one listing so."""
    return models.Listing.objects.select_related("place").get(**wanted)


def test_an_affiliation_becomes_a_listing_at_its_place() -> None:
    building.zip_codes()
    building.affiliated(lines=(HMO, PPO), fax="5305550111", telehealth=True, accessibility=["parking"])
    assert building.refresh() == 1
    made = listing()
    assert (made.npi, made.name, made.name_key, made.credential) == (
        GRACE,
        "Grace Lin, MD",
        "LIN GRACE",
        "MD",
    )
    assert (made.specialty, made.specialty_key) == ("Family medicine", "FAMILYMEDICINE")
    assert (made.place.address, made.place.telephone, made.place.fax) == (
        HARBOR["address"],
        "5305550110",
        "5305550111",
    )
    assert (made.latitude, made.longitude) == (made.place.latitude, made.place.longitude) == (39.5, -122.0)
    assert (made.accepts_new_patients, made.telehealth, made.is_accessible) == (True, True, True)
    assert (made.first_on, made.last_on, made.place.accessibility) == (LAST_YEAR, None, ["parking"])
    assert sorted(made.networks.values_list("line", "first_on", "last_on")) == [
        (HMO, LAST_YEAR, None),
        (PPO, LAST_YEAR, None),
    ]
    assert list(made.languages.values_list("name", flat=True)) == ["Chinese"]
    assert made.sent["address"] == HARBOR


def test_made_anew_from_the_same_file_nothing_is_written() -> None:
    building.affiliated()
    building.affiliated(NADIA)
    building.refresh()
    before = list(models.Listing.objects.order_by("pk").values())
    building.refresh()
    assert list(models.Listing.objects.order_by("pk").values()) == before


def test_providers_at_one_address_share_a_place() -> None:
    building.affiliated()
    building.affiliated(NADIA, address="120  HARBOR Street")
    building.refresh()
    assert models.Place.objects.count() == 1
    assert models.Listing.objects.count() == 2


def test_two_places_are_two_listings_and_two_starts_at_one_are_one() -> None:
    building.affiliated(first_on=date(2020, 1, 1), last_on=date(2021, 12, 31))
    building.affiliated(first_on=date(2023, 1, 1), telephone="5305550177")
    building.affiliated(first_on=date(2024, 1, 1), **RIDGE)
    assert building.refresh() == 2
    here = listing(place__city="Northlake")
    assert (here.first_on, here.last_on, here.telephone) == (date(2020, 1, 1), None, "5305550177")
    assert sorted(here.networks.values_list("first_on", "last_on")) == [
        (date(2020, 1, 1), date(2021, 12, 31)),
        (date(2023, 1, 1), None),
    ]


def test_a_network_is_cut_to_the_days_of_the_affiliation() -> None:
    made = building.affiliated(last_on=date(2026, 6, 30))
    building.Participation.objects.update(first_on=date(2024, 1, 1), last_on=None)
    late = date(2026, 7, 1)
    building.Participation.objects.create(affiliation=made, line_id=PPO, first_on=late)
    building.refresh()
    assert list(models.Network.objects.values_list("line", "first_on", "last_on")) == [
        (HMO, LAST_YEAR, date(2026, 6, 30))
    ]


def test_who_moves_stays_the_same_listing() -> None:
    building.affiliated()
    building.refresh()
    before = listing()
    building.Affiliation.objects.update(**RIDGE)
    building.refresh()
    after = listing()
    assert (after.pk, after.place.city) == (before.pk, "Cedar Ridge")
    assert models.Place.objects.count() == 1


def test_what_the_file_no_longer_has_goes() -> None:
    building.affiliated()
    building.affiliated(NADIA, building.OTHER)
    building.refresh()
    building.TaxId.objects.filter(number=building.OTHER).delete()
    building.Affiliation.objects.all().delete()
    assert building.refresh() == 0
    assert not models.Place.objects.exists()


@pytest.mark.parametrize("size", [1, 2, 3], ids=str)
def test_the_parts_of_a_refresh_make_the_whole(size: int) -> None:
    for number in ("171234567", "171234568", "181234567"):
        building.affiliated(tax_id=number)
    assert building.refresh(size=size) == 3
    building.TaxId.objects.filter(number="171234568").delete()
    assert building.refresh(size=size) == 2
    assert sorted(models.Listing.objects.values_list("tax_id", flat=True)) == ["171234567", "181234567"]


def test_what_was_accepted_lies_over_the_file_from_its_day() -> None:
    building.affiliated()
    building.refresh()
    building.changed(listing(), "telephone", "5305550199", effective_on=TODAY + timedelta(days=1))
    building.refresh()
    assert listing().telephone == "5305550110"
    building.refresh(on=TODAY + timedelta(days=1))
    assert (listing().telephone, listing().sent["telephone"]) == ("5305550199", "5305550110")
    building.refresh(on=TODAY + timedelta(days=2))
    assert listing().telephone == "5305550199"


@pytest.mark.parametrize("state", ["sent", "refused", "taken_back", "confirmed", "contradicted"])
def test_only_what_was_accepted_and_is_not_settled_lies_over(state: str) -> None:
    building.affiliated()
    building.refresh()
    building.changed(listing(), "telephone", "5305550199", state=state, why="not so")
    building.refresh()
    assert listing().telephone == "5305550110"


def test_a_changed_address_stands_at_another_place_until_the_file_says_it_too() -> None:
    building.zip_codes()
    building.affiliated()
    building.affiliated(NADIA)
    building.refresh()
    grace = listing(npi=GRACE)
    building.changed(grace, "address", RIDGE)
    building.refresh()
    assert listing(pk=grace.pk).place.city == "Cedar Ridge"
    assert listing(pk=grace.pk).longitude == -121.4192
    assert listing(npi=NADIA).place.city == "Northlake"
    building.Affiliation.objects.filter(provider__npi=GRACE).update(**RIDGE)
    building.refresh()
    assert listing(npi=GRACE).pk == grace.pk


def test_no_change_puts_a_provider_twice_at_one_place() -> None:
    building.affiliated()
    building.affiliated(first_on=date(2024, 1, 1), **RIDGE)
    building.refresh()
    building.changed(listing(place__city="Northlake"), "address", RIDGE)
    assert building.refresh() == 2
    assert sorted(models.Listing.objects.values_list("place__city", flat=True)) == [
        "Cedar Ridge",
        "Northlake",
    ]


@pytest.mark.parametrize("moved", [0, 1])
def test_the_file_may_give_another_place_the_address_a_change_gave_this_one(moved: int) -> None:
    """Two places of one provider: the office moved one of them, and the file moves the other there."""
    shore = {**RIDGE, "address": "7 Shore Road"}
    at = [building.affiliated(), building.affiliated(first_on=date(2024, 1, 1), **RIDGE)]
    building.refresh()
    rows = list(models.Listing.objects.order_by("pk"))
    assert [row.place.city for row in rows] == ["Northlake", "Cedar Ridge"]
    building.changed(rows[moved], "address", shore)
    building.refresh()
    building.Affiliation.objects.filter(pk=at[1 - moved].pk).update(**shore)
    assert building.refresh() == 2
    stands = {row.pk: row.place.address for row in models.Listing.objects.select_related("place")}
    assert stands == {rows[moved].pk: at[moved].address, rows[1 - moved].pk: shore["address"]}


def test_a_last_day_before_the_first_ends_on_the_first() -> None:
    building.affiliated()
    building.refresh()
    building.changed(listing(), "last_on", "2019-01-01")
    building.refresh()
    assert listing().last_on == LAST_YEAR


def test_languages_and_accessibility_that_were_changed_are_found() -> None:
    building.affiliated()
    building.refresh()
    building.changed(listing(), "languages", ["Korean", "Spanish"])
    building.changed(listing(), "accessibility", ["restroom"])
    building.refresh()
    assert sorted(listing().languages.values_list("name", flat=True)) == ["Korean", "Spanish"]
    assert listing().is_accessible
    assert listing().place.accessibility == ["restroom"]


def test_a_place_without_an_address_has_no_position() -> None:
    building.affiliated(address="", city="", state="", postal_code="")
    building.refresh()
    assert (listing().latitude, listing().place.address) == (None, "")


def test_renewing_some_tax_ids_leaves_the_others() -> None:
    building.affiliated()
    building.affiliated(NADIA, building.OTHER)
    building.refresh()
    building.Affiliation.objects.update(telephone="5305550100")
    with permit(system(), Function.LOADING) as given:
        assert listings.renew(given, tax_ids=[TAX_ID]) == 1
        given.conclude("refreshed")
    assert listing(npi=GRACE).telephone == "5305550100"
    assert listing(npi=NADIA).telephone == "5305550110"
