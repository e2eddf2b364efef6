"""The texts of the demo's library: whole on any day, in every line, and made of what the plan really has."""

import re
from datetime import date
from pathlib import Path

import pytest

from portico.demo import lines, plans
from portico.demo.library import blocks, documents, folder, moments, numbering, records, setting, topics
from portico.demo.library.shapes import Document
from portico.demo.tests.conftest import TODAY

DAYS = [TODAY, date(2026, 1, 1), date(2027, 12, 31), date(2028, 2, 29)]
PARTS_OF_A_MANUAL = (
    "checking-eligibility cost-sharing other-coverage referrals prior-authorization emergency telehealth "
    "sending-claims claim-payment corrected-claims disputes behavioral-health pharmacy preventive "
    "directory-duty appointment-waits language-help privacy"
).split()
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PROCEDURE = re.compile(r"(?<!Box )(?<!CA )\b\d{5}\b")


def _made(today: date = TODAY) -> dict[str, Document]:
    return {each.key: each for each in documents.everything(today)}


def _bodies(today: date = TODAY) -> list[tuple[str, str]]:
    return [(each.key, version.body) for each in _made(today).values() for version in each.versions]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_versions_begin_one_after_the_other_and_end_after_they_begin(today: date) -> None:
    for key, document in _made(today).items():
        begun = [version.first_on for version in document.versions]
        assert begun == sorted(set(begun)), key
        assert all(each.last_on is None or each.last_on >= each.first_on for each in document.versions), key


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_what_is_scheduled_is_not_published_yet_and_nothing_else_waits(today: date) -> None:
    told = {key: [each.publish_on for each in made.versions] for key, made in _made(today).items()}
    assert {key for key, when in told.items() if any(each and each > today for each in when)} == {
        f"update-next-year-{code}" for code in lines.CODES
    }
    assert all(each and each != today for when in told.values() for each in when)


def test_what_is_in_force_was_published_from_monday_to_friday_before() -> None:
    for key, made in _made().items():
        for version in made.versions:
            if version.publish_on and version.publish_on < TODAY:
                assert version.publish_on < version.first_on, key
                assert version.publish_on.weekday() < 5, key


def test_there_are_some_four_hundred_of_every_kind() -> None:
    kinds = [each.kind for each in _made().values()]
    assert 400 <= len(kinds) <= 480
    assert {kind: kinds.count(kind) >= 15 for kind in kinds} == dict.fromkeys(
        "manual update letter form contact guideline resource help".split(), True
    )


@pytest.mark.parametrize("line", lines.CODES)
def test_every_line_has_a_manual_with_the_same_parts(line: str) -> None:
    made = _made()
    for part in PARTS_OF_A_MANUAL:
        chapter = made[made[f"{line}-{part}"].part_of]
        assert chapter.part_of == f"{line}-manual"
        assert made[f"{line}-{part}"].versions[-1].lines == (line,)


def test_lines_differ_in_more_than_their_name() -> None:
    made = _made()
    for part in ("cost-sharing", "prior-authorization", "disputes", "preventive"):
        said = {
            made[f"{line.code}-{part}"].versions[-1].body.replace(line.name, "").replace(line.code, "")
            for line in lines.LINES
        }
        assert len(said) >= 3, part


def test_every_plan_on_sale_has_a_page_with_its_prices_of_three_years() -> None:
    made = _made()
    for plan in plans.PLANS:
        versions = made[f"plan-{plan.code.lower()}"].versions
        assert [each.first_on.year for each in versions] == [TODAY.year - 1, TODAY.year, TODAY.year + 1]
        assert versions[1].lines == (plan.line,)
    assert "| Yearly maximum, one person | $4,500 |" in made["plan-4hb"].versions[1].body
    assert "| Specialist visit | $45 |" in made["plan-4hb"].versions[1].body
    assert "| Specialist visit | $50 |" in made["plan-4hb"].versions[2].body


def test_keys_are_fit_for_addresses_and_parts_lie_in_documents_that_are_there() -> None:
    made = _made()
    assert len(made) == len(documents.everything(TODAY))
    assert all(_KEY.fullmatch(key) and len(key) <= 100 for key in made)
    assert all(each.part_of in made for each in made.values() if each.part_of)


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_link_leads_to_a_document(today: date) -> None:
    made = _made(today)
    for key, body in _bodies(today):
        assert all(found in made for found in re.findall(r"\]\(library:([^)]*)\)", body)), key


def test_nothing_is_left_to_be_filled_in() -> None:
    for key, body in _bodies():
        assert not re.search(r"[{}]|^\[[a-z0-9! -]+\](?!\()", body, re.MULTILINE), key


def test_tables_have_as_many_cells_in_each_row_as_in_their_head() -> None:
    for key, body in _bodies():
        for table in re.findall(r"(?:^\|.*\n?)+", body, re.MULTILINE):
            assert len({row.count("|") for row in table.splitlines()}) == 1, (key, table)


def test_what_follows_a_table_stands_apart_from_it() -> None:
    for key, body in _bodies():
        assert not re.search(r"^\|.*\n[^|\n]", body, re.MULTILINE), key
        assert not re.search(r"^[^|\n].*\n\|", body, re.MULTILINE), key


def test_what_follows_a_list_stands_apart_from_it() -> None:
    for key, body in _bodies():
        assert not re.search(r"^(?:-|\d+\.) .*\n(?!- |\d+\. )[^\n]", body, re.MULTILINE), key


def test_no_procedure_code_stands_anywhere() -> None:
    for key, body in _bodies():
        assert not [code for code in _PROCEDURE.findall(body) if code != "99999"], key


def test_telephones_are_those_kept_for_fiction() -> None:
    for key, body in _bodies():
        assert all(re.fullmatch(r"555-01\d\d", each) for each in re.findall(r"\d{3}-\d{4}\b", body)), key


def test_material_numbers_are_unique_and_say_the_year_and_the_kind() -> None:
    numbered = [each for each in _made().values() if each.material_number]
    assert len({each.material_number for each in numbered}) == len(numbered)
    for each in numbered:
        year, letter = int(each.material_number[:2]), each.material_number[-1]
        first = each.versions[0]
        told = (first.publish_on if first.first_on > TODAY else None) or first.first_on
        assert (year, letter) == (told.year % 100, numbering.LETTERS[each.kind])
    assert {each.kind for each in numbered} == set(numbering.LETTERS)


def test_every_topic_is_used_and_none_besides() -> None:
    assert {topic for each in _made().values() for topic in each.topics} == topics.CODES
    above = [each.above for each in topics.TOPICS]
    assert all(not code or code in topics.CODES for code in above)


@pytest.mark.parametrize(
    ("marks", "tags", "kept"),
    [
        ("v1", "v1 hmo", True),
        ("v2", "v1 hmo", False),
        ("hmo epo", "v1 epo", True),
        ("hmo epo", "v1 ppo", False),
        ("!hmo", "v1 ppo", True),
        ("!hmo !ppo", "v1 ppo", False),
        ("v1 medicare dual", "v1 dual", True),
        ("v1 medicare dual", "v2 dual", False),
        ("hmo !free", "v1 hmo free", False),
    ],
)
def test_marks_say_what_is_for_whom(marks: str, tags: str, kept: bool) -> None:
    assert blocks.is_for(marks.split(), tags.split()) is kept


def test_rows_of_tables_begin_with_a_capital_and_names_of_columns_do_not() -> None:
    text = (
        "| step | time |\n| --- | --- |\n| first, urgent | in 5 % |\n| member_id | as is |\n\n\n\nand so on"
    )
    assert setting.neat(text) == (
        "| Step | Time |\n| --- | --- |\n| First, urgent | in 5% |\n| member_id | as is |\n\nand so on"
    )


def test_marks_are_taken_off_and_what_is_for_others_goes() -> None:
    text = "For all.\n[hmo] For HMO.\n[!hmo] For others.\n[link](library:x)"
    assert blocks.marked(text, {"hmo"}) == "For all.\nFor HMO.\n[link](library:x)"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("year", date(2028, 1, 1)),
        ("year-2", date(2026, 1, 1)),
        ("year+1", date(2029, 1, 1)),
        ("year:12-31", date(2028, 12, 31)),
        ("-45", date(2028, 1, 15)),
        ("+1", date(2028, 3, 1)),
        ("quarter", date(2028, 1, 1)),
    ],
)
def test_days_are_counted_from_the_day_of_building(written: str, day: date) -> None:
    assert moments.day(written, today=date(2028, 2, 29)) == day


def test_quarters_go_back_a_year() -> None:
    firsts = moments.quarters(date(2026, 3, 31))
    assert [moments.quarter_in_words(each) for each in firsts] == [
        "first quarter of 2026",
        "fourth quarter of 2025",
        "third quarter of 2025",
        "second quarter of 2025",
        "first quarter of 2025",
    ]


def test_the_same_day_writes_the_same_files(tmp_path: Path) -> None:
    documents.everything.cache_clear()
    first = folder.write(tmp_path / "first", today=TODAY)
    documents.everything.cache_clear()
    assert folder.write(tmp_path / "second", today=TODAY) == first == len(_made())
    written = [
        {path.relative_to(tmp_path / one): path.read_bytes() for path in (tmp_path / one).rglob("*.*")}
        for one in ("first", "second")
    ]
    assert written[0] == written[1]
    assert sum(path.suffix == ".md" for path in written[0]) == len(_bodies())
    assert sum(path.suffix == ".pdf" for path in written[0]) >= 20


def test_the_contract_tells_of_each_sort() -> None:
    told = records.records(TODAY)
    states = [each["state"] for each in told]
    assert set(states) == {"current", "superseded", "over", "scheduled", "other_line"}
    for each in told:
        assert set(each) == {"material_number", "title", "lines", "url", "state"}
        assert re.fullmatch(r"\d\d-\d{3}[msf]", str(each["material_number"]))
    assert all("/versions/1/" in str(each["url"]) for each in told if each["state"] == "superseded")
    assert [each["lines"] for each in told if each["state"] == "other_line"] == [["employer-epo"]]
