"""What the plan expects of encounters and what the core says it has, by the command line."""

from pathlib import Path

import pytest
from django.apps import apps

from portico.domains.claims.facts.submitted import Form
from portico.domains.encounters import handing_on
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.test_handing_on import Core
from portico.domains.members.tests import factories
from portico.edges.cli import asking
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    sending.a_world()


def rates() -> dict[tuple[str, str], float]:
    """What is expected, by line and tax ID."""
    rows = apps.get_model("encounters", "Expectation").objects.all()
    return {(row.line, row.tax_id): float(row.per_thousand_months) for row in rows}


def a_file(folder: Path, *lines: str) -> str:
    """A CSV."""
    path = folder / "rows.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_expectations_are_set_in_place_of_those_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "line,tax_id,per_thousand_months"
    assert main(["encounters", "expect", a_file(tmp_path, header, ",,400", "employer-hmo,,450.5")]) == 0
    assert "2 expectations are set." in capsys.readouterr().out
    assert main(["encounters", "expect", a_file(tmp_path, header, ",00-1111111,300")]) == 0
    assert rates() == {("", factories.OURS): 300.0}


@pytest.mark.parametrize(
    "lines",
    [
        ["line,per_thousand_months", "x,1"],
        ["line,tax_id,per_thousand_months", "nowhere,,400"],
        ["line,tax_id,per_thousand_months", ",12,400"],
        ["line,tax_id,per_thousand_months", ",,many"],
        ["line,tax_id,per_thousand_months", ",,0"],
        ["line,tax_id,per_thousand_months", ",,NaN"],
        ["line,tax_id,per_thousand_months", ",,0.001"],
        ["line,tax_id,per_thousand_months", ",,400", ",,500"],
    ],
    ids=["columns", "line", "tax ID", "no number", "nothing", "not a number", "fractions", "twice"],
)
def test_nothing_is_set_where_any_of_it_is_wrong(
    lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["encounters", "expect", a_file(tmp_path, *lines)]) == 1
    assert "rows.csv" in capsys.readouterr().err
    assert rates() == {}


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["encounters", "expect", str(tmp_path / "none.csv")]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_receipts_are_noted_once_and_unknown_ones_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sending.send(sending.a_claim())
    made = handing_on.make(
        actor=asking.actor(), form=Form.PROFESSIONAL, write=Core().write, settle=lambda given, made: None
    )
    assert made is not None
    assert main(["encounters", "waiting"]) == 0
    assert made.control_number in capsys.readouterr().out
    file = a_file(tmp_path, "control_number,receipt", f"{int(made.control_number)},R-1", "999999999,R-2")
    for _ in range(2):
        assert main(["encounters", "receipts", file]) == 1
        said = capsys.readouterr()
        assert ("1 receipts are noted." in said.out, "999999999" in said.err) == (True, True)
    main(["encounters", "waiting"])
    assert capsys.readouterr().out == ""
