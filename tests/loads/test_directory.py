"""The directory is made of the provider file and the list of ZIP codes, by the loads themselves."""

from pathlib import Path

import pytest

from portico.domains.directory.models import Listing, ZipCode
from portico.domains.jobs import queue
from portico.domains.jobs.models import Job
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from portico.edges.loaders.tests.building import PROVIDERS
from tests.loads.loading import NOW, actor, load, run, told

ZIPS = "zip_code,latitude,longitude\n90901,39.5000,-122.0000\n"
WITH_MORE = "\n".join(
    line + more
    for line, more in zip(
        PROVIDERS.splitlines(),
        (",telehealth,accessibility", ",yes,parking|entrance|parking", ",,"),
        strict=True,
    )
)


def loaded(plan: Path, text: str, kind: Kind) -> Job:
    job = load(plan, text.encode(), kind)
    run("refresh_directory")
    return job


def taken_back(job: Job) -> None:
    queue.enqueue(actor=actor(), kind="reverse_load", payload={"job": str(job.public_id)})
    run("reverse_load")
    run("refresh_directory")


def test_a_loaded_provider_file_makes_the_directory(plan: Path) -> None:
    loaded(plan, PROVIDERS, Kind.PROVIDERS)
    assert set(Listing.objects.values_list("npi", "place__city", "telehealth")) == {
        (building.NPI, "Northlake", False),
        (building.OTHER_NPI, "Northlake", False),
    }


def test_a_load_that_is_taken_back_takes_its_listings_back(plan: Path) -> None:
    taken_back(loaded(plan, PROVIDERS, Kind.PROVIDERS))
    assert not Listing.objects.exists()


def test_columns_that_may_be_left_out_are_read_where_they_are(plan: Path) -> None:
    assert loaded(plan, WITH_MORE, Kind.PROVIDERS).summary == {"rows": 2, "accepted": 2}
    grace = Listing.objects.get(npi=building.NPI)
    assert (grace.telehealth, grace.is_accessible) == (True, True)
    assert grace.sent["accessibility"] == ["entrance", "parking"]


def test_an_unknown_code_of_accessibility_costs_its_row(plan: Path) -> None:
    job = loaded(plan, WITH_MORE.replace("parking|entrance", "lift"), Kind.PROVIDERS)
    assert told(job) == [("line 2", "quarantined", "value_not_known")]


def test_loaded_zip_codes_give_places_their_position(plan: Path) -> None:
    loaded(plan, PROVIDERS, Kind.PROVIDERS)
    assert Listing.objects.filter(latitude__isnull=True).count() == 2
    job = loaded(plan, ZIPS, Kind.ZIP_CODES)
    assert job.summary == {"rows": 1, "accepted": 1}
    assert set(Listing.objects.values_list("latitude", "longitude")) == {(39.5, -122.0)}
    taken_back(job)
    assert not ZipCode.objects.exists()
    assert Listing.objects.filter(latitude__isnull=True).count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("9090,39.5,-122.0", "identifier_wrong", id="four digits"),
        pytest.param("90901,91,-122.0", "amount_wrong", id="beyond the pole"),
        pytest.param("90901,39.5,-181", "amount_wrong", id="beyond the date line"),
        pytest.param("90901,nan,-122.0", "amount_wrong", id="no number"),
        pytest.param("90901,,-122.0", "value_missing", id="nothing"),
    ],
)
def test_a_zip_code_that_lies_nowhere_is_kept_out(plan: Path, row: str, reason: str) -> None:
    job = loaded(plan, f"zip_code,latitude,longitude\n{row}\n", Kind.ZIP_CODES)
    assert told(job) == [("line 2", "quarantined", reason)]


def test_the_directory_takes_up_changes_of_a_day_without_a_load(plan: Path) -> None:
    loaded(plan, PROVIDERS, Kind.PROVIDERS)
    queue.keep_schedule(actor=actor())
    run("refresh_directory")
    again = Job.objects.get(kind="refresh_directory", every_seconds__isnull=False)
    assert again.run_after > NOW
