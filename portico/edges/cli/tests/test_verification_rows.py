"""`portico plan` and the table of when identity is verified: set from its file, printed, refused whole."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from portico.domains.permits.verification import PATIENT_DATA, REACTIVATED, Rule
from portico.domains.plan import catalogue, verification_table
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]
PLAN: dict[str, Any] = {
    "name": "Northlake Health Plan",
    "short_name": "Northlake",
    "telephone": "1-800-555-0142",
    "support_email": "help@example.org",
    "lines": {"employer-hmo": "Employer HMO"},
    "regions": {"north": "North Lakes"},
}
ROWS: list[dict[str, Any]] = [
    {"account_type": "hospital", "state": "reactivated", "provers": ["documents"], "days": 365},
    {"functions": "patient_data", "provers": ["desk", "contact"]},
]
TABLE = (
    Rule("hospital", "", "", REACTIVATED, ("documents",), 365),
    Rule("", "", PATIENT_DATA, "", ("desk", "contact"), 0),
)


def set_plan(folder: Path, rows: object) -> int:
    """Set the plan with these rows."""
    file = folder / "plan.json"
    file.write_text(json.dumps({**PLAN, "verification": rows}), encoding="utf-8")
    return main(["plan", "set", str(file)])


def test_the_table_is_set_and_printed_as_a_file_that_sets_the_same(tmp_path: Path, capsys: Said) -> None:
    assert set_plan(tmp_path, ROWS) == 0
    assert verification_table.read() == verification_table.Table(TABLE, is_default=False)
    assert "When identity is verified: 2 rows." in capsys.readouterr().out
    assert main(["plan", "show"]) == 0
    toml = tmp_path / "plan.toml"
    toml.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["plan", "set", str(toml)]) == 0
    assert verification_table.read().rules == TABLE
    uses = apps.get_model("audit", "Entry").objects.filter(function="sign_in_rules", actor_name="operator")
    assert [use.conclusion for use in uses] == ["sign_in_rules_replaced"] * 2


def test_a_file_without_the_table_leaves_it_and_an_empty_one_brings_the_default_back(tmp_path: Path) -> None:
    set_plan(tmp_path, ROWS)
    file = tmp_path / "other.json"
    file.write_text(json.dumps(PLAN), encoding="utf-8")
    assert main(["plan", "set", str(file)]) == 0
    assert verification_table.read().rules == TABLE
    assert set_plan(tmp_path, []) == 0
    assert verification_table.read().is_default


def test_a_plan_that_has_written_no_table_prints_none(tmp_path: Path, capsys: Said) -> None:
    set_plan(tmp_path, [])
    capsys.readouterr()
    main(["plan", "show"])
    assert "verification" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ({"a": 1}, "verification must be tables"),
        (["desk"], "verification must be tables"),
        ([{"prover": "desk"}], "verification must be tables"),
        ([{"provers": "desk"}], "verification must be tables"),
        ([{"days": True}], "verification must be tables"),
        ([{"provers": ["fax"]}], "verification, row 1: 'fax' is no way to prove"),
        ([*ROWS, {"functions": "loading"}], "verification, row 3: 'loading' is no function"),
        ([{"provers": ["desk"], "days": each} for each in range(31)], "verification: a table has 30 rows"),
    ],
    ids=["no list", "no row", "no column", "a word", "no number", "no way", "no function", "too many"],
)
def test_a_table_that_is_wrong_somewhere_changes_nothing(
    rows: object, says: str, tmp_path: Path, capsys: Said
) -> None:
    assert set_plan(tmp_path, rows) == 1
    assert says in capsys.readouterr().err
    assert catalogue.identity() == catalogue.NOBODY
    assert verification_table.read().is_default


def test_the_operator_mends_a_table_that_shut_the_staff_out(tmp_path: Path) -> None:
    assert set_plan(tmp_path, [{"account_type": "plan", "provers": ["documents"]}]) == 0
    assert set_plan(tmp_path, ROWS) == 0
