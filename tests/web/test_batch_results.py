"""What comes of a batch: rows in words on its page, and the files one takes home."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from portico.domains.members import models
from portico.domains.members.answers import Answered
from portico.domains.members.asked import NoAnswer
from portico.domains.members.batches import BatchView, Outcome, RowView
from portico.domains.permits.functions import Function
from portico.edges.web.batches import downloads, results, words
from tests.support import files_of_patients as files
from tests.support import patients, visiting
from tests.support import world as worlds
from tests.support.files_of_patients import NOBODY, UNREADABLE, ZEPHYRINE
from tests.support.world import World

MISNAMED = f"{patients.ZEPHYRINE},Nwosu,,01/01/1990,,"


def taken_home(browser: Client, batch: UUID, kind: str = "csv") -> Any:
    """The answer to a download."""
    return browser.get(reverse(f"batch_{kind}", args=[batch]))


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_answers_stand_in_rows_with_what_to_do_about_those_without(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY, UNREADABLE, MISNAMED)
    said = files.page(front_desk, batch)
    reference = models.BatchRow.objects.get(batch=batch, position=2).reference
    assert (
        f"Row 2 Zephyrine Quillfeather NLQX7731 Active on 03/12/2026 HMO Gold HMO "
        f"01/01/2026 to 12/31/2026 Mei Tran, MD In your office {reference}"
    ) in said
    assert "Row 3 Nobody NLQX0000 No answer on 03/12/2026 No member was found with this ID. Check it" in said
    assert (
        "Row 4 Quillfeather NLQX1111 Not readable Birth date “13/45/1984”: The birth date is no day." in said
    )
    assert "The plan holds another name for this member. The plan holds another birth date" in said
    assert "All 4 Not readable 1 Answered 1 No answer 2" in said


def test_web_and_batch_say_the_same_of_a_member(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE)
    (row,) = rows_of(taken_home(front_desk, batch))
    alone = visiting.search(front_desk, member_id=patients.ZEPHYRINE)
    shown = visiting.seen(front_desk.get(alone.headers["Location"]))
    for cell in ("status", "plan", "plan_code", "member_name", "member_id", "pcp"):
        assert row[cell] in shown
    assert f"{date.fromisoformat(row['coverage_begins']):%m/%d/%Y}" in shown


def test_rows_are_shown_by_outcome_and_page_by_page(front_desk: Client, monkeypatch: Any) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    only = files.page(front_desk, batch, "?outcome=not_answered")
    assert "Nobody" in only
    assert "Zephyrine" not in only
    assert "No rows here" in files.page(front_desk, batch, "?outcome=failed")
    assert "Zephyrine" in files.page(front_desk, batch, "?outcome=levitated")
    assert "Zephyrine" not in files.page(front_desk, batch, "?after=2")
    assert "Zephyrine" in files.page(front_desk, batch, "?after=nowhere")


def test_csv_tells_every_row_and_is_kept_by_nobody(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY, UNREADABLE, ZEPHYRINE)
    answer = taken_home(front_desk, batch)
    assert answer.headers["Cache-Control"] == "no-store"
    name = re.fullmatch(r'attachment; filename="([\w.-]+)"', answer.headers["Content-Disposition"])
    assert name is not None
    assert name[1] == "batch-eligibility-20260312-170000.csv"
    first, second, third, fourth = rows_of(answer)
    assert (first["status"], first["member_name"], first["plan_code"]) == (
        "Active",
        "Zephyrine Quillfeather",
        "7QX",
    )
    assert (first["coverage_begins"], first["coverage_ends"]) == ("2026-01-01", "2026-12-31")
    assert (second["status"], second["reason"]) == (
        "No answer",
        words.NO_ANSWERS[NoAnswer.MEMBER_ID_NOT_FOUND].why,
    )
    assert (third["status"], third["row"], third["reference"]) == ("Not readable", "row 4", "")
    assert (fourth["same_question_as"], fourth["reference"]) == ("row 2", first["reference"])


def test_a_download_is_audited_with_every_member_it_shows(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, f"{patients.ENDED},Quillfeather,,,,")
    before = worlds.last_use()
    taken_home(front_desk, batch)
    (use,) = worlds.uses(pk__gt=before)
    subjects = use.subjects.values_list("identifier", flat=True)
    assert sorted(subjects) == sorted((patients.ZEPHYRINE, patients.ENDED))


def test_a_download_stops_where_the_grant_ends(
    front_desk: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    monkeypatch.setattr(downloads, "AT_A_TIME", 1)
    read = results.of_row

    def read_and_revoke(row: RowView) -> Any:
        worlds.end_grants(world["front_desk"], Function.ELIGIBILITY)
        return read(row)

    monkeypatch.setattr(results, "of_row", read_and_revoke)
    answer = taken_home(front_desk, batch)
    assert answer.status_code == 403
    assert b"Quillfeather" not in answer.content


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "|"])
def test_a_cell_is_never_a_calculation(front_desk: Client, start: str) -> None:
    batch = files.asked(front_desk, f'NLQX1,"{start}cmd(A1)",,01/01/1990,,')
    (row,) = rows_of(taken_home(front_desk, batch))
    assert row["asked_name"] == f"'{start}cmd(A1)"
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken_home(front_desk, batch, "xlsx").content))
    assert f"{start}cmd(A1)" in book.get_sheet_by_index(0).to_python()[1]


def test_the_workbook_holds_what_the_csv_holds_with_days_that_are_days(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    answer = taken_home(front_desk, batch, "xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    heads, first, second = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    told = dict(zip(heads, first, strict=True))
    assert told["coverage_begins"] == date(2026, 1, 1)
    texts = [[str(cell) for cell in row] for row in (first, second)]
    assert texts == [list(row.values()) for row in rows_of(taken_home(front_desk, batch))]


def write_271(view: BatchView, rows: Iterable[RowView], *, frame: str) -> bytes:
    """A writer that tells what it was given."""
    told = [row.answer.told[0] for row in rows if isinstance(row.answer, Answered)]
    assert told[0].benefits is not None
    return f"ISA*{view.source}*{len(told)}*{frame}~".encode()


def test_answers_go_home_as_271_where_that_edge_is_there(front_desk: Client, settings: Any) -> None:
    settings.BATCH_WRITERS = {"x12": f"{__name__}.write_271"}
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    answer = taken_home(front_desk, batch, "271")
    assert answer.content == b"ISA*csv*1*~"
    assert answer.headers["Content-Disposition"].endswith('.271"')
    assert "X12 271" in files.page(front_desk, batch)
    settings.BATCH_WRITERS = {}
    assert taken_home(front_desk, batch, "271").status_code == 404
    assert "X12 271" not in files.page(front_desk, batch)


@pytest.mark.parametrize("kind", ["csv", "xlsx", "271"])
def test_a_draft_has_nothing_to_take_home(front_desk: Client, kind: str) -> None:
    assert taken_home(front_desk, files.draft(front_desk, ZEPHYRINE), kind).status_code == 404


def test_addresses_and_titles_name_no_patient(front_desk: Client) -> None:
    batch = files.asked(front_desk, ZEPHYRINE, NOBODY)
    answer = front_desk.get(reverse("batch", args=[batch]))
    links = re.findall(
        r'(?:href|action|hx-get)="([^"]*)"|<title>(.*?)</title>', answer.content.decode(), re.S
    )
    told = " ".join("".join(link) for link in links).lower()
    assert patients.shown_in(told.replace(str(batch), "")) == []


def test_a_batch_opens_again_on_another_day(front_desk: Client, clock: time_machine.Traveller) -> None:
    batch = files.asked(front_desk, ZEPHYRINE)
    clock.shift(60 * 10)
    assert "Active on 03/12/2026" in files.page(front_desk, batch)


def test_every_reason_has_its_words() -> None:
    assert set(words.NO_ANSWERS) == set(NoAnswer)
    assert set(words.OUTCOMES) == set(Outcome)
