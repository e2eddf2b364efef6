"""The lists an applicant is looked up in: what a row becomes, what a newer list ends, a bad row's price."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.jobs import undo
from portico.domains.jobs.models import Job, RowResult
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import exclusion_list, licence_list, lists
from portico.domains.registration.claims import Basis, Compared, Field, Finding
from portico.domains.registration.list_loading import ListToCome
from portico.domains.registration.models import Exclusion, Licence
from portico.domains.registration.tests.registering import CLAIM, NPI
from portico.edges.loaders import intake
from portico.edges.loaders.exclusions import Layout
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from tests.loads import loading
from tests.loads.loading import NOW, actor, told

LICENCES = """state,number,name,kind,status,active,expires_on
CA,A 012345,"TRAN, MEI",Physician,Current,yes,2027-01-31
CA,RN-77,"LIN, GRACE",Nurse,Cancelled,no,
"""
MEI = (
    "TRAN,MEI,LAN,,IND- LIC HC SERV PRO,PHYSICIAN,,0000000000,19700101,1 LAKE RD,NORTHLAKE,CA,95814,1128b4,"
    "20200115,00000000,00000000,"
)
LAB = (
    f",,,LAKE LABS INC,OTHER BUSINESS,LABORATORY,,{NPI},,2 LAKE RD,NORTHLAKE,CA,95814,1128a1,"
    "20210115,00000000,00000000,"
)
BIRTH_DATE = "19700101"


def exclusions(*rows: str) -> str:
    return "\n".join((",".join(Layout.columns), *rows, ""))


@pytest.fixture
def folder(transactional_db: None, inbox: Path) -> Path:
    """A plan, and where its files come in."""
    loading.plan()
    return inbox


def load(folder: Path, text: str, kind: Kind = Kind.EXCLUSIONS, *, hours: int = -24) -> Job:
    """Load a file that was written so many hours from now."""
    path = folder / "list.csv"
    path.write_text(text)
    written = NOW.timestamp() + hours * 3600
    os.utime(path, (written, written))
    taken = intake.take_in(actor=actor(), kind=kind, path=path)
    loading.run(taken.view.kind)
    return Job.objects.get(public_id=taken.job)


def looked_up(field: Field = Field.EXCLUSIONS) -> Compared:
    """What the lists say of the physician."""
    with permit(actor(), Function.HOUSEKEEPING) as given:
        return next(each for each in lists.look_up(given, CLAIM) if each.field is field)


def finding(field: Field = Field.EXCLUSIONS) -> Finding:
    return looked_up(field).finding


def test_a_licence_is_kept_as_the_board_has_it(folder: Path) -> None:
    assert finding(Field.LICENCE_LIST) is Finding.NOT_LOADED
    job = load(folder, LICENCES, Kind.LICENCES)
    assert job.summary == {"rows": 2, "accepted": 2}
    row = Licence.objects.get(key="A012345")
    assert (row.number, row.name, row.status, row.is_active, row.expires_on) == (
        "A 012345",
        "TRAN, MEI",
        "Current",
        True,
        date(2027, 1, 31),
    )
    assert Licence.objects.get(key="RN77").expires_on is None


def test_a_licence_is_found_with_and_without_leading_zeros(folder: Path) -> None:
    load(folder, LICENCES.replace("A 012345", "0A12345"), Kind.LICENCES)
    assert finding(Field.LICENCE_LIST) is Finding.AGREES


def test_a_licence_that_a_newer_list_leaves_out_stays(folder: Path) -> None:
    load(folder, LICENCES, Kind.LICENCES, hours=-48)
    load(folder, LICENCES.replace("CA,A 012345", "NV,A 012345"), Kind.LICENCES)
    assert Licence.objects.filter(state="CA", key="A012345").exists()


def test_a_licence_changes_with_a_newer_list_and_not_with_an_older_one(folder: Path) -> None:
    load(folder, LICENCES, Kind.LICENCES)
    job = load(folder, LICENCES.replace("Current,yes", "Expired,no"), Kind.LICENCES, hours=-12)
    assert job.summary == {"rows": 2, "accepted": 1, "unchanged": 1}
    load(folder, LICENCES.replace("Current,yes", "Old,yes"), Kind.LICENCES, hours=-99)
    row = Licence.objects.get(key="A012345")
    assert (row.status, row.is_active) == ("Expired", False)


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("CA,A 012345", "California,A 012345", "value_too_long"),
        ("CA,A 012345", "ca,A 012345", "value_not_known"),
        ("CA,A 012345", ",A 012345", "value_missing"),
        ("A 012345", "---", "identifier_wrong"),
        (",yes,", ",maybe,", "value_not_known"),
        ("2027-01-31", "31.1.2027", "date_wrong"),
    ],
    ids=["state too long", "state small", "no state", "no number", "active", "day"],
)
def test_a_licence_that_cannot_be_read_is_quarantined(
    folder: Path, was: str, becomes: str, reason: str
) -> None:
    job = load(folder, LICENCES.replace(was, becomes, 1), Kind.LICENCES)
    assert told(job) == [("line 2", "quarantined", reason)]
    assert Licence.objects.count() == 1


def test_an_exclusion_is_kept_without_its_birth_date(folder: Path) -> None:
    assert finding() is Finding.NOT_LOADED
    job = load(folder, exclusions(MEI, LAB))
    assert job.summary == {"rows": 2, "accepted": 2}
    person, lab = Exclusion.objects.order_by("pk")
    assert (person.last_name, person.first_name, person.npi, person.kind) == ("TRAN", "MEI", "", "1128b4")
    assert (person.name_key, person.excluded_on, person.reinstated_on) == ("TRANMEI", date(2020, 1, 15), None)
    assert (lab.last_name, lab.is_organization, lab.npi) == ("LAKE LABS INC", True, NPI)
    assert BIRTH_DATE not in str(list(Exclusion.objects.values()))
    assert finding() is Finding.EXCLUDED


def test_two_of_one_name_who_were_excluded_apart_are_two_rows(folder: Path) -> None:
    load(folder, exclusions(MEI, MEI.replace("20200115", "20220115"), MEI.replace("1 LAKE", "9 LAKE")))
    assert Exclusion.objects.count() == 3


def test_the_same_list_under_another_content_changes_nothing(folder: Path) -> None:
    load(folder, exclusions(MEI))
    job = load(folder, exclusions(MEI) + "\n", hours=-1)
    assert job.summary == {"rows": 1, "unchanged": 1}
    assert looked_up().as_of == datetime.fromtimestamp(NOW.timestamp() - 3600, tz=NOW.tzinfo)


def test_whom_the_newest_list_does_not_hold_is_not_excluded_any_more(folder: Path) -> None:
    load(folder, exclusions(MEI, LAB.replace(NPI, "0000000000")))
    assert finding() is Finding.EXCLUDED
    load(folder, exclusions(LAB.replace(NPI, "0000000000")), hours=-1)
    assert finding() is Finding.AGREES


def test_an_older_list_excludes_nobody_and_ends_nothing(folder: Path) -> None:
    load(folder, exclusions(LAB.replace(NPI, "0000000000")))
    load(folder, exclusions(MEI), hours=-99)
    assert finding() is Finding.AGREES
    load(folder, exclusions(MEI) + "\n", hours=-2)
    load(folder, exclusions(LAB.replace("LAKE", "HILL")), hours=-98)
    assert finding() is Finding.EXCLUDED


def test_who_is_reinstated_is_excluded_until_that_day(folder: Path) -> None:
    load(folder, exclusions(MEI.replace("20200115,00000000", "20200115,20260312")))
    assert finding() is Finding.AGREES
    load(folder, exclusions(MEI.replace("20200115,00000000", "20200115,20260313")), hours=-1)
    assert finding() is Finding.EXCLUDED


def test_an_npi_that_cannot_be_one_leaves_the_name_to_speak(folder: Path) -> None:
    load(folder, exclusions(MEI.replace("0000000000", "1234567890", 1)))
    assert Exclusion.objects.get().npi == ""
    assert finding() is Finding.EXCLUDED


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ("20200115", "00000000", "value_missing"),
        ("20200115", "2020-1-1", "date_wrong"),
        ("20200115", "20201301", "date_wrong"),
        ("TRAN,MEI", ",MEI", "value_missing"),
        ("1128b4", "", "value_missing"),
        ("NORTHLAKE,CA", "NORTHLAKE,California", "value_too_long"),
        ("NORTHLAKE,CA", "NORTHLAKE", "cells_wrong"),
    ],
    ids=["no day", "other day", "no such day", "no name", "no kind", "state", "cells"],
)
def test_a_bad_row_is_quarantined_ends_nobodys_exclusion_and_keeps_nothing_of_itself(
    folder: Path, was: str, becomes: str, reason: str
) -> None:
    load(folder, exclusions(MEI))
    job = load(folder, exclusions(MEI.replace(was, becomes, 1), LAB), hours=-1)
    assert told(job) == [("line 2", "quarantined", reason)]
    assert _sealed(job) == "[]"
    assert finding() is Finding.EXCLUDED
    assert Exclusion.objects.filter(is_organization=True).exists()


def test_a_first_list_with_a_bad_row_counts_all_the_same(folder: Path) -> None:
    load(folder, exclusions(MEI, LAB.replace("20210115", "x")))
    assert finding() is Finding.EXCLUDED


def test_a_list_that_is_taken_back_leaves_the_one_before_it(folder: Path) -> None:
    load(folder, exclusions(MEI))
    job = load(folder, exclusions(LAB.replace(NPI, "0000000000")), hours=-1)
    assert finding() is Finding.AGREES
    while undo.reverse_chunk(job=job.public_id, now=NOW):
        pass
    assert finding() is Finding.EXCLUDED


def test_a_list_that_is_taken_back_turns_the_day_of_the_lists_back(folder: Path) -> None:
    first = load(folder, exclusions(MEI))
    second = load(folder, exclusions(LAB), hours=-1)
    assert freshness.of()[Feed.EXCLUSIONS].timestamp() == NOW.timestamp() - 3600
    for job, left in ((second, NOW.timestamp() - 24 * 3600), (first, None)):
        while undo.reverse_chunk(job=job.public_id, now=NOW):
            pass
        known = freshness.of().get(Feed.EXCLUSIONS)
        assert (known.timestamp() if known else None) == left
    assert finding() is Finding.NOT_LOADED


def test_a_list_is_not_taken_back_under_one_that_came_later(folder: Path) -> None:
    first = load(folder, exclusions(MEI))
    second = load(folder, exclusions(LAB), hours=-1)
    with pytest.raises(undo.TouchedLater) as later:
        undo.reverse_chunk(job=first.public_id, now=NOW)
    assert later.value.touch.job == second.public_id
    assert later.value.touch.model == "plan.freshness"


def test_looking_somebody_up_reads_no_list_as_a_whole(folder: Path) -> None:
    load(folder, exclusions(MEI, LAB))
    with permit(actor(), Function.HOUSEKEEPING) as given, CaptureQueriesContext(connection) as asked:
        lists.look_up(given, CLAIM)
    of_list = [each["sql"] for each in asked.captured_queries if "registration_exclusion" in each["sql"]]
    assert len(of_list) == 1
    assert "MAX(" not in of_list[0]
    assert "name_key" in of_list[0]


@pytest.mark.parametrize("kind", [Kind.EXCLUSIONS, Kind.LICENCES])
def test_a_list_of_a_day_to_come_is_refused_and_the_one_before_stays(folder: Path, kind: Kind) -> None:
    text = {Kind.EXCLUSIONS: exclusions(MEI), Kind.LICENCES: LICENCES}[kind]
    load(folder, text, kind)
    before = dict(freshness.of())
    with pytest.raises(FeedRefused) as refused:
        load(folder, text + "\n", kind, hours=24)
    assert refused.value.code is RefusalCode.FILE_DATE_WRONG
    assert "2026-03-13" in refused.value.words
    assert dict(freshness.of()) == before
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "load_list", [exclusion_list.load, licence_list.load], ids=["exclusions", "licences"]
)
def test_no_list_of_a_day_to_come_is_taken_in_whoever_hands_it_over(folder: Path, load_list: Any) -> None:
    to_come = NOW + timedelta(days=1)
    with pytest.raises(ListToCome):
        load_list(actor=actor(), leased=None, rows=[], as_of=to_come, settle=None, is_last=True)
    assert not freshness.of()


def test_a_list_of_later_today_is_a_clock_that_runs_ahead(folder: Path) -> None:
    load(folder, exclusions(MEI), hours=1)
    assert looked_up() == Compared(Field.EXCLUSIONS, Finding.EXCLUDED, Basis.EXCLUSION_LIST, NOW)


def test_chunks_are_one_list(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(folder, exclusions(MEI, MEI.replace("1 LAKE", "3 LAKE")))
    monkeypatch.setattr("portico.edges.loaders.handling.CHUNK", 1)
    rows = [LAB.replace("2 LAKE", f"{number} LAKE").replace(NPI, "0000000000") for number in range(4)]
    load(folder, exclusions(*rows), hours=-1)
    assert finding() is Finding.AGREES
    load(folder, exclusions(*rows, MEI.replace("20200115", "x"), *rows[:1]), hours=0)
    assert freshness.of()[Feed.EXCLUSIONS].timestamp() == NOW.timestamp() - 3600


def _sealed(job: Job) -> Any:
    row = RowResult.objects.get(job=job)
    place = f"jobs.rowresult.raw:{job.public_id}:{row.position}"
    return settings.PORTICO_VAULT.open(bytes(row.raw_sealed or b""), place=place)


def kept(job: Job) -> bytes:
    """What lies on the disk of the job's file."""
    return intake.staged(job.payload["file"]).read_bytes()


def test_no_birth_date_of_the_exclusion_list_is_kept_and_its_rows_are_read_as_they_came(folder: Path) -> None:
    broken = f"DOE,AMY,{BIRTH_DATE}"
    unread = MEI.replace("TRAN", "TR\x07AN")
    job = load(folder, exclusions(MEI, "", broken, f'"{LAB}', unread, LAB))
    assert b"TRAN" in kept(job)
    assert b"LAKE LABS INC" in kept(job)
    assert BIRTH_DATE.encode() not in kept(job)
    assert b"DOE" not in kept(job)
    assert [(row.locator, row.reason) for row in RowResult.objects.order_by("position")] == [
        ("line 4", "cells_wrong"),
        ("line 5", "cells_wrong"),
        ("line 6", "control_character"),
    ]
    assert Exclusion.objects.count() == 2
    again = intake.take_in_again(actor=actor(), job=job.public_id)
    assert again is not None
    loading.run(again.view.kind)
    assert Job.objects.get(public_id=again.job).summary["quarantined"] == 3
    assert load(folder, exclusions(MEI, "", broken, f'"{LAB}', unread, LAB)).public_id == job.public_id
    assert BIRTH_DATE.encode() not in kept(job)


@pytest.mark.parametrize(
    ("text", "error", "is_kept"),
    [
        (f"{MEI}\n{MEI}\n".encode(), "wrong_header", b"TRAN,MEI"),
        (exclusions(MEI).replace("DOB", "DOB,DOB").encode(), "wrong_header", b"DOB,DOB"),
        (f"{exclusions(MEI)}".encode() + b"\xe9," + f"{MEI}\n".encode(), "wrong_encoding", b"TRAN"),
        (f"{exclusions(MEI)}{MEI}{' ' * 70_000}\n{MEI}\n".encode(), "line_too_long", b"TRAN"),
    ],
    ids=["no_header", "two_of_them", "not_utf_8", "a_line_too_long"],
)
def test_a_list_that_is_refused_keeps_no_birth_date_either(
    folder: Path, text: bytes, error: str, is_kept: bytes
) -> None:
    (folder / "list.csv").write_bytes(text)
    os.utime(folder / "list.csv", (NOW.timestamp(), NOW.timestamp()))
    taken = intake.take_in(actor=actor(), kind=Kind.EXCLUSIONS, path=folder / "list.csv")
    loading.run(taken.view.kind)
    job = Job.objects.get(public_id=taken.job)
    assert (job.state, job.error) == ("failed", error)
    assert is_kept in kept(job)
    assert BIRTH_DATE.encode() not in kept(job)
    assert BIRTH_DATE not in "".join(RowResult.objects.values_list("message", flat=True))


def test_a_list_of_licences_is_kept_as_it_came(folder: Path) -> None:
    assert kept(load(folder, LICENCES, Kind.LICENCES)) == LICENCES.encode()
