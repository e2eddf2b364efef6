"""The three CSV extracts: what a record becomes, what a second load changes, what a bad line costs."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portico.domains.jobs.models import Job
from portico.domains.members.models import Accumulator, Benefit, PlanAmounts, PlanVersion
from portico.domains.offices.models import Affiliation, Group, Participation, Provider, TaxId
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from portico.edges.loaders.tests.building import ACCUMULATORS, CATALOGUE, PROVIDERS, file_834, person
from tests.loads.loading import load, told


def loaded(plan: Path, text: str, kind: Kind) -> Job:
    return load(plan, text.encode(), kind)


def test_the_catalogue_keeps_versions_amounts_and_services_in_order(plan: Path) -> None:
    version = PlanVersion.objects.get(plan__code="7QX")
    assert (version.name, version.first_on, version.last_on) == (
        "PPO Gold",
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert PlanAmounts.objects.get(version=version).family_oop == Decimal("13000.00")
    services = Benefit.objects.filter(version=version)
    assert list(services.values_list("service_type", "position", "copay", "limit_quantity")) == [
        ("98", 0, Decimal("25.00"), None),
        ("AE", 1, Decimal("50.00"), Decimal("30.00")),
    ]


def test_a_changed_price_changes_one_benefit(plan: Path) -> None:
    job = loaded(plan, CATALOGUE.replace("in,yes,50.00", "in,yes,55.00"), Kind.BENEFITS)
    assert job.summary == {"rows": 4, "accepted": 1, "unchanged": 3}
    assert Benefit.objects.get(service_type="AE").copay == Decimal("55.00")


def test_the_provider_file_keeps_who_bills_where_and_for_which_lines(plan: Path) -> None:
    job = loaded(plan, PROVIDERS, Kind.PROVIDERS)
    assert job.summary == {"rows": 2, "accepted": 2}
    grace = Provider.objects.get(npi=building.NPI)
    assert (grace.last_name, grace.name_key, grace.languages) == ("Lin", "LIN", ["English", "Farsi"])
    assert Provider.objects.get(npi=building.OTHER_NPI).is_organization
    assert TaxId.objects.get().name == "Lakeside"
    assert Affiliation.objects.get(provider=grace).group == Group.objects.get(code="LKS")
    parts: set[Any] = set(Participation.objects.values_list("line_id", "first_on", "last_on"))
    assert parts == {
        ("employer-hmo", date(2020, 1, 1), None),
        ("employer-ppo", date(2020, 1, 1), None),
        ("employer-hmo", date(2021, 1, 1), date(2026, 12, 31)),
    }


def test_the_same_providers_in_another_file_change_nothing(plan: Path) -> None:
    loaded(plan, PROVIDERS, Kind.PROVIDERS)
    assert loaded(plan, PROVIDERS + "\n", Kind.PROVIDERS).summary == {"rows": 2, "unchanged": 2}


def test_an_affiliation_that_ends_is_ended(plan: Path) -> None:
    loaded(plan, PROVIDERS, Kind.PROVIDERS)
    loaded(
        plan,
        PROVIDERS.replace("2020-01-01,,employer-hmo|", "2020-01-01,2026-03-31,employer-hmo|"),
        Kind.PROVIDERS,
    )
    assert Affiliation.objects.get(provider__npi=building.NPI).last_on == date(2026, 3, 31)


def test_accumulators_belong_to_their_member(plan: Path) -> None:
    load(plan, file_834(person()))
    job = loaded(plan, ACCUMULATORS, Kind.ACCUMULATORS)
    assert job.summary == {"rows": 2, "accepted": 2}
    assert set(Accumulator.objects.values_list("member__member_id", "kind", "service_type", "used")) == {
        ("NLH101", "deductible", "", Decimal("250.00")),
        ("NLH101", "limit", "AE", Decimal("4.00")),
    }


def test_an_amount_older_than_the_one_held_changes_nothing(plan: Path) -> None:
    load(plan, file_834(person()))
    loaded(plan, ACCUMULATORS, Kind.ACCUMULATORS)
    older = ACCUMULATORS.replace("250.00,2026-03-11", "100.00,2026-03-10")
    assert told(loaded(plan, older, Kind.ACCUMULATORS)) == [("line 2", "flagged", "older_than_held")]
    assert Accumulator.objects.get(kind="deductible").used == Decimal("250.00")


@pytest.mark.parametrize(
    ("kind", "text", "line", "reason"),
    [
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("NLH101,", "NLH109,", 1), 2, "unknown_member"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("NLH101,7QX", "NLH101,4ZZ", 1), 2, "unknown_plan_code"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("250.00", "-1"), 2, "amount_wrong"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("250.00", "1e99"), 2, "amount_wrong"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("250.00", "NaN"), 2, "amount_wrong"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("250.00", ""), 2, "value_missing"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("AE,4", ",4"), 3, "value_missing"),
        (Kind.ACCUMULATORS, ACCUMULATORS.replace("NLH101,7QX", "?,7QX", 1), 2, "member_id_format"),
        (Kind.BENEFITS, CATALOGUE.replace("4HB,employer-hmo", "4HB,nowhere"), 5, "unknown_line"),
        (Kind.BENEFITS, CATALOGUE.replace("4HB", "4hb"), 5, "identifier_wrong"),
        (Kind.BENEFITS, CATALOGUE.replace("30,visits", "30,miles"), 4, "value_not_known"),
        (Kind.BENEFITS, CATALOGUE.replace("HMO,2026-01-01", "HMO,2027-01-01"), 5, "ends_before_it_begins"),
        (Kind.BENEFITS, CATALOGUE.replace("HMO,2026-01-01", "HMO,2026-13-01"), 5, "date_wrong"),
        (Kind.BENEFITS, CATALOGUE.replace("HMO Gold,", "H\x00MO,"), 5, "control_character"),
        (Kind.BENEFITS, CATALOGUE.replace("HMO Gold,", '"HMO Gold,'), 5, "cells_wrong"),
        (Kind.BENEFITS, CATALOGUE.replace("HMO Gold,", "HMO,Gold,"), 5, "cells_wrong"),
        (Kind.PROVIDERS, PROVIDERS.replace(building.NPI, "2000000003"), 2, "identifier_wrong"),
        (
            Kind.PROVIDERS,
            PROVIDERS.replace("070000001,Lakeside,L", "7,Lakeside,L"),
            2,
            "identifier_wrong",
        ),
        (Kind.PROVIDERS, PROVIDERS.replace("LKS,Lakeside Group", ",Lakeside Group"), 2, "value_missing"),
        (Kind.PROVIDERS, PROVIDERS.replace("Family medicine", "F" * 121), 2, "value_too_long"),
    ],
)
def test_a_bad_line_is_quarantined_and_its_neighbours_are_kept(
    plan: Path, kind: Kind, text: str, line: int, reason: str
) -> None:
    load(plan, file_834(person()))
    job = loaded(plan, text, kind)
    assert told(job) == [(f"line {line}", "quarantined", reason)]
    assert job.summary["quarantined"] == 1
    assert job.summary["rows"] > 1


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"member_id,plan_code\nA,B\n", "wrong_header", "Missing: year_from, year_to, kind, scope"),
        (ACCUMULATORS.replace("as_of", "as of").encode(), "wrong_header", "Unknown or twice: as of"),
        (ACCUMULATORS.replace("as_of", "used").encode(), "wrong_header", "Unknown or twice: used"),
        (ACCUMULATORS.encode("utf-16"), "wrong_encoding", "Line 1 is not UTF-8"),
        (
            ACCUMULATORS.replace("NLH101", "NLH\xe9").encode("latin-1"),
            "wrong_encoding",
            "Line 2 is not UTF-8",
        ),
        (ACCUMULATORS.encode() + b"x" * 70_000, "line_too_long", "Line 4 is longer"),
    ],
)
def test_a_file_of_another_layout_is_refused(plan: Path, content: bytes, code: str, words: str) -> None:
    job = load(plan, content, Kind.ACCUMULATORS)
    assert (job.state, job.error) == ("failed", code)
    assert words in job.results.get().message


def test_columns_may_stand_in_any_order_after_a_byte_order_mark(plan: Path) -> None:
    load(plan, file_834(person()))
    header, *lines = (line.split(",") for line in ACCUMULATORS.splitlines())
    turned = "\r\n".join(",".join(reversed(cells)) for cells in (header, *lines))
    job = load(plan, b"\xef\xbb\xbf" + turned.encode(), Kind.ACCUMULATORS)
    assert job.summary == {"rows": 2, "accepted": 2}


def test_an_extract_without_records_is_loaded(plan: Path) -> None:
    job = load(plan, ACCUMULATORS.splitlines()[0].encode(), Kind.ACCUMULATORS)
    assert (job.state, job.summary) == ("done", {"rows": 0})
    assert Feed.ACCUMULATORS in freshness.of()


def test_chunks_add_up(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.loaders.handling.CHUNK", 1)
    assert loaded(plan, PROVIDERS, Kind.PROVIDERS).summary == {"rows": 2, "accepted": 2}
