"""What the demo tells of providers, and where its ZIP codes lie."""

from portico.demo import lines, listed, practices, regions
from portico.demo.build import Built
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY
from portico.domains.directory import rules


def test_the_providers_told_are_in_the_provider_file(small: Built) -> None:
    rows = {(row["npi"], row["postal_code"]): row for row in reading.rows(small.providers)}
    told = listed.records(TODAY)
    assert len(told) >= 15
    for each in told:
        row = rows[each["npi"], each["zip"]]
        assert row["specialty"] == each["specialty"]
        assert row["lines"].split("|") == each["networks"]
        assert set(each["networks"]) <= set(lines.CODES)


def test_a_cardiologist_is_among_them() -> None:
    [nadia] = [each for each in listed.records(TODAY) if each["npi"] == practices.NADIA_KHOURY.npi]
    assert (nadia["name"], nadia["specialty"]) == ("Nadia Khoury, MD", "Heart")


def test_every_town_lies_somewhere_near_its_region(small: Built) -> None:
    where = {
        row["zip_code"]: (float(row["latitude"]), float(row["longitude"]))
        for row in reading.rows(small.zip_codes)
    }
    for region in regions.REGIONS:
        middle, *others = (where[town.postal_code] for town in region.towns)
        assert all(3 < rules.miles(middle, other) < 15 for other in others)
    assert len(set(where.values())) == sum(len(region.towns) for region in regions.REGIONS)
