"""Opening hours, holidays and entrances in the file of `portico plan`."""

import json
import re
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from portico.domains.plan import catalogue, entrances, opening
from portico.domains.plan.business_time import Open
from portico.edges.cli.main import main
from portico.edges.cli.tests.test_starting import PLAN, Said, set_plan
from tools.reference import ROOT

pytestmark = pytest.mark.django_db
HOURS = {"monday": "07:30-18:00", "saturday": "09:00-12:00"}
HOLIDAYS = {"2026-12-25": "Christmas Day", "2026-01-01": "New Year’s Day"}
ENTRANCES = [
    {"slug": "providers", "name": "Providers", "says": "Every line of business."},
    {"slug": "medi-cal", "name": "Medi-Cal", "line": "medi-cal"},
    {
        "slug": "members",
        "audience": "member",
        "name": "Members",
        "url": "https://members.example.org/",
    },
]
WHOLE: dict[str, Any] = {**PLAN, "hours": HOURS, "holidays": HOLIDAYS, "entrances": ENTRANCES}


def standing() -> tuple[Any, ...]:
    return opening.written_hours(), opening.written_holidays(), entrances.written()


def test_all_of_it_is_set_and_printed_as_a_file_that_sets_the_same(tmp_path: Path, capsys: Said) -> None:
    assert set_plan(tmp_path, WHOLE) == 0
    said = capsys.readouterr().out
    assert "Opening: open 2 days of the week, 2 holidays." in said
    assert "Entrances: 3." in said
    assert opening.written_hours() == {0: Open(time(7, 30), time(18)), 5: Open(time(9), time(12))}
    assert list(opening.written_holidays()) == [date(2026, 1, 1), date(2026, 12, 25)]
    assert [each.slug for each in entrances.all()] == ["providers", "medi-cal", "members"]
    before = standing()
    assert main(["plan", "show"]) == 0
    toml = tmp_path / "plan.toml"
    toml.write_text(capsys.readouterr().out, encoding="utf-8")
    assert set_plan(tmp_path, {**PLAN, "hours": {}, "holidays": {}, "entrances": []}) == 0
    assert standing() == ({}, {}, ())
    assert main(["plan", "set", str(toml)]) == 0
    assert standing() == before


def test_what_the_file_leaves_out_stays(tmp_path: Path) -> None:
    assert set_plan(tmp_path, WHOLE) == 0
    before = standing()
    assert set_plan(tmp_path, PLAN) == 0
    assert standing() == before


def test_an_empty_table_is_the_default_again(tmp_path: Path, capsys: Said) -> None:
    assert set_plan(tmp_path, WHOLE) == 0
    capsys.readouterr()
    assert set_plan(tmp_path, {**PLAN, "hours": {}, "entrances": []}) == 0
    said = capsys.readouterr().out
    assert "Opening: open as by default, 2 holidays." in said
    assert "Entrances: the default." in said


def test_an_entrance_may_name_a_line_of_the_same_file(tmp_path: Path) -> None:
    lines = {**PLAN["lines"], "dental": "Dental"}
    rows = [{"slug": "dental", "name": "Dental", "line": "dental"}]
    assert set_plan(tmp_path, {**PLAN, "lines": lines, "entrances": rows}) == 0
    assert entrances.all()[0].line == "dental"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"hours": ["monday"]}, "hours must be a table of days with a text each"),
        ({"hours": {"monday": 8}}, "hours must be a table of days with a text each"),
        ({"hours": {"Montag": "08:00-17:00"}}, "hours: 'Montag' is no day; monday, tuesday"),
        ({"hours": {"monday": "8-17"}}, "hours, monday: '8-17' is not written like"),
        ({"hours": {"monday": "08:00-25:00"}}, "hours, monday: '08:00-25:00' is not written like"),
        ({"hours": {"monday": "17:00-08:00"}}, "hours, monday: the plan closes before it opens"),
        ({"holidays": "2026-12-25"}, "holidays must be a table of days with a text each"),
        ({"holidays": {"12/25/2026": "Christmas"}}, "holidays: '12/25/2026' is no day written like"),
        ({"holidays": {"2026-02-30": "Never"}}, "holidays: '2026-02-30' is no day written like"),
        ({"holidays": {"2026-12-25": ""}}, "holidays, 2026-12-25: a name has 1 to 80"),
        ({"entrances": {"slug": "x"}}, "entrances must be tables"),
        ({"entrances": ["x"]}, "entrances must be tables"),
        ({"entrances": [{"slug": "x", "colour": "blue"}]}, "entrances must be tables"),
        ({"entrances": [{"slug": "x", "name": 7}]}, "entrances must be tables"),
        ({"entrances": [{"slug": "x", "name": "X", "audience": "dentist"}]}, "'dentist' is no audience"),
        ({"entrances": [{"slug": "x", "name": "X", "line": "dental"}]}, "no line of business 'dental'"),
        ({"entrances": [{"slug": "x", "name": "X", "audience": "member"}]}, "its url is the whole address"),
    ],
    ids=lambda value: value if isinstance(value, str) else json.dumps(value),
)
def test_one_wrong_word_changes_nothing_at_all(
    changes: dict[str, Any], says: str, tmp_path: Path, capsys: Said
) -> None:
    assert set_plan(tmp_path, WHOLE | changes) == 1
    assert says in capsys.readouterr().err
    assert catalogue.identity() == catalogue.NOBODY
    assert standing() == ({}, {}, ())


def test_what_the_guide_tells_an_operator_to_write_is_taken(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guides" / "entrances.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```toml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    said = {name: value for block in blocks for name, value in tomllib.loads(block).items()}
    assert set(said) == {"entrances", "hours", "holidays"}
    assert set_plan(tmp_path, PLAN | said) == 0
    assert [each.slug for each in entrances.all()] == ["providers", "medi-cal", "members"]
    assert opening.hours().weekly[4] == Open(time(8), time(12))
