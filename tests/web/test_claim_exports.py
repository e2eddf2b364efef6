"""Lists of claims taken home: asked for, written in the background, kept sealed, forgotten later."""

import csv
import io
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from portico.domains.access.models import Grant
from portico.domains.claims import export_job, exports
from portico.domains.claims.models import Claim, Export
from portico.domains.permits.actors import system_actor
from portico.domains.permits.functions import Function
from portico.edges.web import asking
from tests.support import cast, claims, patients, visiting, working
from tests.support import world as worlds
from tests.support.visiting import seen
from tests.support.world import World

SUBSCRIBER = f"S{patients.ZEPHYRINE}"
LIST = "/claims/exports/"


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    """Files of exports go where the test may look at them."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def found(browser: Client) -> str:
    """The address of what a search found."""
    answer = browser.post("/claims/", {"tax_id": cast.OWN, "subscriber_id": SUBSCRIBER})
    return leads_to(answer)


def leads_to(answer: Any) -> str:
    """Where a redirect leads."""
    address: str = answer.headers["Location"]
    return address


def ask(browser: Client, kind: str = "csv", **narrowed: str) -> None:
    """They export what they found."""
    answer = browser.post(f"{found(browser)}export/", {"format": kind, **narrowed})
    assert leads_to(answer) == LIST


def taken(browser: Client) -> Any:
    """The file, once it is written."""
    working.work()
    number = re.search(r"/claims/exports/([0-9a-f-]+)/file/", browser.get(LIST).content.decode())
    assert number, seen(browser.get(LIST))
    return browser.get(number[0])


def rows_of(answer: Any) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_list_is_taken_home_as_csv(front_desk: Client) -> None:
    claims.payment([claims.decided()])
    claims.pended()
    ask(front_desk)
    assert "Being written" in seen(front_desk.get(LIST))
    answer = taken(front_desk)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="claims-2026')
    by_number = {row["claim_number"]: row for row in rows_of(answer)}
    assert by_number["26015A0003"]["paid"] == "175.00"
    assert by_number["26015A0003"]["payment_number"] == "EFT0000117"
    assert by_number["26015A0002"]["waits_for"] == "the medical records of the service"
    assert by_number["26015A0002"]["expected_by"] == "2026-02-19"


def test_a_list_is_taken_home_for_excel(front_desk: Client) -> None:
    claims.decided()
    ask(front_desk, "xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(taken(front_desk).content)).get_sheet_by_index(0)
    heads, row = sheet.to_python()
    told = dict(zip(heads, row, strict=True))
    assert (told["claim_number"], told["paid"]) == ("26015A0003", 175.0)


def test_what_is_shown_is_what_is_exported(front_desk: Client) -> None:
    claims.decided()
    claims.pended()
    ask(front_desk, status="pended")
    assert [row["claim_number"] for row in rows_of(taken(front_desk))] == ["26015A0002"]


def test_nothing_in_a_file_is_ever_calculated(front_desk: Client) -> None:
    claims.decided(patient_last_name="=1+1", patient_control_number="@SUM(A1)")
    ask(front_desk)
    (row,) = rows_of(taken(front_desk))
    assert (row["last_name"], row["patient_control_number"]) == ("'=1+1", "'@SUM(A1)")


def test_many_chunks_are_one_file_and_more_than_it_holds_is_said(
    front_desk: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EXPORT_ROWS = 5
    monkeypatch.setattr(export_job, "CHUNK", 2)
    for place in range(7):
        claims.received(f"26015H000{place}")
    ask(front_desk)
    numbers = [row["claim_number"] for row in rows_of(taken(front_desk))]
    assert numbers == [f"26015H000{place}" for place in (6, 5, 4, 3, 2)]
    assert "There are more: narrow the search." in seen(front_desk.get(LIST))


def test_no_claim_of_anybody_else_is_in_it(front_desk: Client) -> None:
    claims.decided("1")
    claims.decided("2", tax_id=cast.FOREIGN)
    claims.decided("3", tax_id=cast.SECOND)
    ask(front_desk)
    assert [row["claim_number"] for row in rows_of(taken(front_desk))] == ["1"]


def test_the_file_lies_sealed(front_desk: Client, tmp_path: Path) -> None:
    claims.decided()
    ask(front_desk)
    taken(front_desk)
    (file,) = (tmp_path / exports.FOLDER).iterdir()
    assert not patients.shown_in(file.read_bytes().decode("latin-1"))


def test_what_is_revoked_before_it_is_written_is_not_written(world: World, front_desk: Client) -> None:
    claims.decided()
    ask(front_desk)
    worlds.end_grants(world["front_desk"], Function.CLAIMS_INQUIRY)
    working.work()
    row = Export.objects.get()
    assert (row.file, row.row_count, row.finished_at is None) == ("", 0, False)
    assert front_desk.get(f"{LIST}{row.pk}/file/").status_code == 404


def test_what_is_revoked_afterwards_is_not_handed_out(world: World, front_desk: Client) -> None:
    claims.decided()
    ask(front_desk)
    working.work()
    worlds.end_grants(world["front_desk"], Function.CLAIMS_INQUIRY)
    assert front_desk.get(f"{LIST}{Export.objects.get().pk}/file/").status_code == 403


def test_what_shows_more_than_may_be_seen_now_is_written_anew(front_desk: Client) -> None:
    claims.decided()
    ask(front_desk)
    working.work()
    row = Export.objects.get()
    Export.objects.update(asked_sealed=exports.sealed(row, exports.asked_of(row), "another scope"))
    answer = front_desk.get(f"{LIST}{row.pk}/file/", follow=True)
    assert "What you may see has changed since this file was written." in seen(answer)


def test_an_export_that_was_stopped_is_written_anew_and_whole(
    front_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_job, "CHUNK", 1)
    for place in range(3):
        claims.received(f"26015H000{place}")
    ask(front_desk)
    stops = iter([True])
    working.work(between=lambda: next(stops, False))
    assert not list(stops)
    assert [row["claim_number"][-1] for row in rows_of(taken(front_desk))] == ["2", "1", "0"]
    assert Export.objects.get().row_count == 3


def narrowing(world: World) -> bool:
    """What the front desk holds is limited to one line; the export under way goes on."""
    of_desk = Grant.objects.filter(persona_id=world["front_desk"].persona_id)
    for grant in of_desk.filter(function=Function.CLAIMS_INQUIRY):
        grant.limits.filter(dimension="provider").delete()
        grant.limits.create(dimension="provider", value="1999999984")
    return False


def test_what_is_narrowed_while_it_is_written_is_not_handed_out(
    world: World, front_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_job, "CHUNK", 1)
    for place in range(3):
        claims.received(f"26015H000{place}")
    ask(front_desk)
    working.work(between=lambda: narrowing(world))
    row = Export.objects.get()
    assert (row.file, row.row_count, row.finished_at is None) == ("", 0, False)
    assert "Not written: your access has changed" in seen(front_desk.get(LIST))


def test_an_export_discarded_while_it_is_written_leaves_no_file(
    front_desk: Client, tmp_path: Path, settings: Any
) -> None:
    claims.decided()
    ask(front_desk)
    settings.EXPORT_WRITERS = {**settings.EXPORT_WRITERS, "csv": f"{__name__}.discarding"}
    working.work()
    assert not Export.objects.exists()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def discarding(rows: Any) -> bytes:
    """Writes a file of which somebody thinks better."""
    del rows
    Export.objects.all().delete()
    return b"claims"


def test_a_claim_taken_back_while_it_is_written_doubles_no_other(
    front_desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_job, "CHUNK", 2)
    for place in range(5):
        claims.received(f"26015H000{place}")
    ask(front_desk)
    taken_back = iter(["26015H0003"])

    def take_back() -> bool:
        Claim.objects.filter(claim_number=next(taken_back, "")).delete()
        return False

    working.work(between=take_back)
    numbers = [row["claim_number"][-1] for row in rows_of(taken(front_desk))]
    assert sorted(numbers) == sorted(set(numbers))
    assert {"4", "2", "1", "0"} <= set(numbers)


def test_a_file_that_is_gone_is_unknown(front_desk: Client, tmp_path: Path) -> None:
    claims.decided()
    ask(front_desk)
    working.work()
    for file in (tmp_path / exports.FOLDER).iterdir():
        file.unlink()
    assert front_desk.get(f"{LIST}{Export.objects.get().pk}/file/").status_code == 404


def test_a_third_has_to_wait(front_desk: Client) -> None:
    claims.decided()
    for _ in range(3):
        ask(front_desk)
    assert Export.objects.count() == 2
    assert "2 of your exports are being written" in seen(front_desk.get(LIST))


def test_an_export_is_forgotten_with_its_file(
    front_desk: Client, tmp_path: Path, clock: time_machine.Traveller
) -> None:
    claims.decided()
    ask(front_desk)
    taken(front_desk)
    clock.shift(exports.KEPT_FOR)
    clock.shift(1)
    now = asking.now()
    assert exports.forget(actor=system_actor("tests", asked_at=now, today=asking.today(now))) == 1
    assert not Export.objects.exists()
    assert list((tmp_path / exports.FOLDER).iterdir()) == []


def test_somebody_elses_export_is_unknown(world: World, front_desk: Client) -> None:
    claims.decided()
    ask(front_desk)
    taken(front_desk)
    number = Export.objects.get().pk
    colleague = visiting.sign_in(world["two_tax_ids"])
    assert colleague.get(f"{LIST}{number}/file/").status_code == 404
    assert colleague.post(f"{LIST}{number}/remove/").status_code == 404
    assert front_desk.get(f"{LIST}{uuid4()}/file/").status_code == 404
    assert leads_to(front_desk.post(f"{LIST}{number}/remove/")) == LIST
    assert not Export.objects.exists()


def test_no_format_is_no_export(front_desk: Client) -> None:
    assert front_desk.post(f"{found(front_desk)}export/", {"format": "exe"}).status_code == 404


def test_a_search_is_saved_and_asked_again(front_desk: Client) -> None:
    claims.decided()
    saved = {"name": "Zephyrine's", "status": "paid", "lines": "group"}
    assert leads_to(front_desk.post(f"{found(front_desk)}save/", saved)) == "/claims/filters/"
    page = front_desk.get("/claims/filters/")
    assert "Zephyrine's" in seen(page)
    assert "Status: Paid" in seen(page)
    (address,) = set(re.findall(r'action="(/claims/filters/[0-9a-f-]+/)"', page.content.decode()))
    answer = front_desk.post(address, follow=True)
    assert "26015A0003" in seen(answer)
    front_desk.post(f"{address}remove/")
    assert "No filters yet" in seen(front_desk.get("/claims/filters/"))


def test_a_filter_without_a_name_is_not_saved(front_desk: Client) -> None:
    claims.decided()
    answer = front_desk.post(f"{found(front_desk)}save/", {"name": ""})
    assert answer.status_code == 422
    assert "Give the filter a name." in seen(answer)
