"""Files of patients as practices send them, and what of them can be asked."""

from collections.abc import Sequence
from datetime import date, datetime
from time import monotonic
from typing import Any

import pytest

from portico.domains.members import batches
from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.members.batches import CannotRead, NewFile, NewRow
from portico.domains.permits.actors import Actor
from portico.edges.web.batches import reading, tables, words, workbooks
from portico.edges.web.batches.tests import sheets
from tests.support import actors as people
from tests.support.actors import OWN_TAX_ID, TODAY

BIRTH = date(1984, 5, 6)
AS_OF = date(2026, 3, 1)
WHOLE = Facts("NLH1", "", "Okafor", "Adaeze", BIRTH)
HEAD = "member_id,last_name,first_name,birth_date,ssn,as_of"


def read(content: bytes | str, encoding: str = "utf-8") -> NewFile:
    """The rows of a file, asked for the first of March where they name no day."""
    sent = content.encode(encoding) if isinstance(content, str) else content
    return reading.read(sent, actor=people.front_desk(), tax_id=OWN_TAX_ID, as_of=AS_OF)


def only(content: bytes | str, encoding: str = "utf-8") -> NewRow:
    """The one row of a file."""
    (row,) = read(content, encoding).rows
    return row


def facts(row: NewRow) -> Facts:
    """What a row says of its patient."""
    assert row.inquiry is not None, row.problem
    assert isinstance(row.inquiry.by, ByFacts)
    return row.inquiry.by.person


def refusal(content: bytes | str) -> str:
    """Why a file is not read at all."""
    with pytest.raises(CannotRead) as refused:
        read(content)
    assert refused.value.words.endswith(".")
    return refused.value.code


def test_a_row_asks_for_its_patient_on_its_day() -> None:
    row = only(f"{HEAD}\nNLH1,Okafor,Adaeze,05/06/1984,,03/12/2026\n")
    assert row == NewRow(2, "row 2", Inquiry("", TODAY, ByFacts(WHOLE)))


def test_a_row_without_a_day_is_asked_for_the_day_of_the_file() -> None:
    row = only(f"{HEAD}\nNLH1,Okafor,,,,\n")
    assert row.inquiry is not None
    assert row.inquiry.as_of == AS_OF


@pytest.mark.parametrize(
    "head",
    [
        "Subscriber ID;Surname;Given name;Date of Birth",
        "MEMBER ID\tLast Name\tFirst\tDOB",
        "Member #|LNAME|FName|Birthdate",
        'Member No.,"Patient Last Name", patient_first_name ,Patient DOB',
        "id,last,first,born",
    ],
)
def test_columns_are_known_by_many_names_and_cells_part_at_many_signs(head: str) -> None:
    sign = next(sign for sign in ";\t|," if sign in head)
    assert facts(only(f"{head}\n{sign.join(('NLH1', 'Okafor', 'Adaeze', '1984-05-06'))}\n")) == WHOLE


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    row = only("room,dob,notes,member_id,first_name,last_name\n4,1984-05-06,x,NLH1,Adaeze,Okafor\n")
    assert facts(row) == WHOLE


def test_titles_above_the_header_and_empty_lines_are_passed_over() -> None:
    rows = read(f"Schedule of March 12\n\n{HEAD}\n,,,,,\n\nNLH1,Okafor,,,,\n").rows
    assert [(row.position, row.locator) for row in rows] == [(6, "row 6")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]
)
def test_names_come_through_in_every_usual_encoding(encoding: str) -> None:
    row = only("member_id,last_name\nNLH1,Muñoz Ibáñez\n", encoding)
    assert facts(row).last_name == "Muñoz Ibáñez"


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_lines_end_in_every_usual_way(ends: str) -> None:
    assert len(read(f"{HEAD}{ends}NLH1,Okafor,,,,{ends}NLH2,Okafor,,,,").rows) == 2


def test_a_cell_may_be_quoted_and_hold_the_sign_between_cells() -> None:
    row = only('member_id,last_name\nNLH1,"Okafor, Jr"\n')
    assert facts(row).last_name == "Okafor, Jr"


def test_a_quotation_mark_that_is_not_closed_costs_its_own_row_alone() -> None:
    rows = read(f'{HEAD}\n"NLH1,Okafor,,,,\nNLH2,Okafor,,,,\n').rows
    assert [row.problem for row in rows] == ["unclosed_quote", ""]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("NLH1,Okafor,,,,", Facts("NLH1", "", "Okafor")),
        ("nlh-1,,,05/06/1984,,", Facts("NLH1", birth_date=BIRTH)),
        (",Okafor,,05/06/1984,,", Facts(last_name="Okafor", birth_date=BIRTH)),
        (",,,05/06/1984,900-45-6789,", Facts(ssn="900456789", birth_date=BIRTH)),
        (",,,05/06/1984,12345678,", Facts(ssn="012345678", birth_date=BIRTH)),
    ],
)
def test_what_suffices_to_search_by(cells: str, expected: Facts) -> None:
    assert facts(only(f"{HEAD}\n{cells}\n")) == expected


@pytest.mark.parametrize(
    ("cells", "problem", "column"),
    [
        ("NLH1,,,,,", "not_enough", ""),
        (",Okafor,Adaeze,,,", "not_enough", ""),
        (",,Adaeze,05/06/1984,,", "not_enough", ""),
        (",,,,900456789,", "not_enough", ""),
        ("N!,Okafor,,,,", "member_id_format", "member_id"),
        ("NLH1,...,,,,", "last_name_format", "last_name"),
        ("NLH1,Okafor,,13/45/1984,,", "birth_date_format", "birth_date"),
        ("NLH1,Okafor,,03/13/2026,,", "birth_date_ahead", "birth_date"),
        (",,,05/06/1984,1234567890,", "ssn_format", "ssn"),
        (",,,05/06/1984,000456789,", "ssn_never_issued", "ssn"),
        ("NLH1,Okafor,,,,soon", "as_of_format", "as_of"),
        ("NLH1,Okafor,,,,03/11/2025", "as_of_too_early", "as_of"),
        ("NLH1,Okafor,,,,04/01/2026", "as_of_too_late", "as_of"),
        ("NLH1,Okafor,Adaeze,05/06/1984,,,Oak St", "too_many_cells", ""),
        (f"NLH1,{'x' * 101},,,,", "too_long", "last_name"),
    ],
)
def test_what_cannot_be_asked_is_told_with_its_column(cells: str, problem: str, column: str) -> None:
    row = only(f"{HEAD}\n{cells}\n")
    assert (row.problem, row.inquiry, row.echo["column"]) == (problem, None, column)
    assert problem in words.PROBLEMS


def test_both_ends_of_the_window_may_be_asked_for() -> None:
    rows = read(f"{HEAD}\nNLH1,Okafor,,,,03/12/2025\nNLH1,Okafor,,,,03/31/2026\n").rows
    assert [row.problem for row in rows] == ["", ""]


def test_a_bad_row_keeps_whom_it_is_about_and_never_an_ssn() -> None:
    row = only(f"{HEAD}\nNLH1,Okafor,Adaeze,05/06/1984,12345,\n")
    assert row.echo == {
        "member_id": "NLH1",
        "last_name": "Okafor",
        "first_name": "Adaeze",
        "column": "ssn",
        "typed": "",
    }


def test_searching_by_ssn_may_be_off_and_other_facts_still_do(settings: Any) -> None:
    settings.SSN_SEARCH = False
    rows = read(f"{HEAD}\n,,,05/06/1984,900456789,\nNLH1,Okafor,,05/06/1984,900456789,\n").rows
    assert [row.problem for row in rows] == ["ssn_search_off", ""]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (b"<html><body>", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_workbook"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08", "not_text"),
        (b"\xff\xfem\x00x", "not_text"),
        (b"NLH1,Okafor\nNLH2,Okafor\n", "no_header"),
        (b"first_name,notes\nAdaeze,x\n", "no_header"),
        (b"member_id,last_name\n", "no_rows"),
        (b"member_id,dob,Date of birth\nNLH1,x,y\n", "column_twice"),
        (b"PK\x03\x04 and then nothing of an archive", "workbook"),
    ],
)
def test_what_is_no_file_of_patients_is_refused_with_words(content: bytes, code: str) -> None:
    assert refusal(content) == code


def test_a_file_may_have_as_many_rows_as_the_plan_sets_and_no_more(settings: Any) -> None:
    settings.BATCH_ROWS = 3
    row = "NLH1,Okafor,,,,\n"
    assert len(read(f"{HEAD}\n{row * 3}").rows) == 3
    with pytest.raises(batches.TooManyRows):
        read(f"{HEAD}\n{row * 4}")
    with pytest.raises(batches.TooManyRows):
        read(sheets.workbook(sheets.HEAD, *[("NLH1", "Okafor")] * 4))


def test_line_breaks_without_end_are_refused_in_a_moment() -> None:
    began = monotonic()
    assert refusal(HEAD.encode() + b"\n" * (tables.MOST_BYTES - 100)) == "too_many_lines"
    assert monotonic() - began < 2


def test_a_workbook_gives_days_and_numbers_as_they_are_meant() -> None:
    content = sheets.workbook(
        sheets.HEAD,
        ("NLH1", "Okafor", "Adaeze", BIRTH, "", datetime(2026, 3, 12, 8, 30)),  # noqa: DTZ001 - a cell has no zone
        (123456, "Okafor", "", 30808, "", ""),
        ("", "", "", "5/6/1984", 12345678, ""),
    )
    file = read(content)
    assert (file.source, [row.position for row in file.rows]) == ("xlsx", [2, 3, 4])
    first, second, third = file.rows
    assert first.inquiry == Inquiry("", TODAY, ByFacts(WHOLE))
    assert facts(second) == Facts("123456", "", "Okafor", birth_date=BIRTH)
    assert facts(third) == Facts(ssn="012345678", birth_date=BIRTH)


def test_row_numbers_are_those_the_spreadsheet_shows() -> None:
    content = sheets.workbook(("Schedule",), (), sheets.HEAD, (), ("NLH1", "Okafor"), empty_sheets=2)
    assert [row.locator for row in read(content).rows] == ["row 5"]


def test_a_formula_counts_for_its_last_value_and_is_never_calculated() -> None:
    sheet = (
        '<row r="1"><c r="A1" t="str"><v>member_id</v></c><c r="B1" t="str"><v>last_name</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>WEBSERVICE("http://x/")</f><v>NLH1</v></c>'
        '<c r="B2" t="str"><v>Okafor</v></c></row>'
    )
    assert facts(only(sheets.raw(sheet))) == Facts("NLH1", "", "Okafor")


BOMBS = {
    "texts that unfold to 400 megabytes": lambda: sheets.raw("", text=f"<si>{'a' * 10**6}</si>", times=400),
    "seventeen thousand million cells": lambda: sheets.raw(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    ),
    "rows without end": lambda: sheets.raw(f"<row>{'<c><v>1</v></c>' * 50_000}</row>", times=300),
    "an entity in an entity": lambda: sheets.raw('<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&b;">]>&b;'),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_unfolds_without_end_is_refused_and_harms_nobody(name: str) -> None:
    content = BOMBS[name]()
    assert len(content) < tables.MOST_BYTES
    began = monotonic()
    assert refusal(content) in {"workbook", "no_header"}
    assert monotonic() - began < workbooks.SECONDS


def test_an_interchange_goes_to_the_reader_that_the_settings_name(settings: Any) -> None:
    settings.BATCH_READERS = {"x12": f"{__name__}.read_x12"}
    assert read("  ISA*00*...~") == NewFile("x12", (), frame=f"{OWN_TAX_ID} 2026-03-01")
    settings.BATCH_READERS = {}
    assert refusal("ISA*00*...~") == "no_reader"


def read_x12(content: bytes, *, actor: Actor, tax_id: str, as_of: date) -> NewFile:
    """A reader that tells what it was given."""
    assert content.strip().startswith(b"ISA")
    assert actor.persona_id is not None
    return NewFile("x12", (), frame=f"{tax_id} {as_of}")


def test_ten_thousand_rows_are_read_in_a_moment(settings: Any) -> None:
    settings.BATCH_ROWS = 10_000
    rows: Sequence[NewRow] = read(f"{HEAD}\n" + "NLH1,Okafor,Adaeze,05/06/1984,,03/12/2026\n" * 10_000).rows
    assert len(rows) == 10_000
