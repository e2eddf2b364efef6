"""Reading a sheet of people to be made: one row each, in columns that may stand in any order. Pure.

    first_name,last_name,email,username,telephone,role,functions,tax_ids,providers,lines,regions,last_on

Several values of a cell stand with semicolons or blanks between them. Left empty: a username is made, every
tax ID the one who gives may give, and every provider, line and region. A cell of nothing but semicolons is a
fault: whoever took the last name out of it did not mean every one.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.domains.access.delegating import templates
from portico.domains.access.delegating.person_rules import NewPerson
from portico.domains.access.delegating.sets import AccessSet, Where
from portico.domains.permits.functions import GRANTABLE, Function

NEEDED: Final = ("first_name", "last_name", "email")
COLUMNS: Final = (
    *NEEDED,
    "username",
    "telephone",
    "role",
    "functions",
    "tax_ids",
    "providers",
    "lines",
    "regions",
    "last_on",
)
LISTS: Final = ("functions", "tax_ids", "providers", "lines", "regions")
MOST_ROWS: Final = 500
LONGEST: Final = 1_000_000
LONGEST_CELL: Final = 5_000


class CannotRead(ValueError):
    """It is no such sheet; `code`: empty, too_long, too_many_rows, not_csv, missing_ or unknown_column."""

    def __init__(self, code: str, *values: str) -> None:
        super().__init__(" ".join((code, *values)))
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its line in the file, whom it describes, and with what.

    `access` has no tax ID where the row names none. `faults` are what it cannot be read for.
    """

    line: int
    person: NewPerson
    access: AccessSet
    faults: tuple[str, ...] = ()


def read(text: str) -> tuple[SheetRow, ...]:
    """The rows of the sheet, those that are empty left out. Raises CannotRead."""
    if len(text) > LONGEST:
        raise CannotRead("too_long")
    try:
        lines = list(_lines(text.lstrip("\ufeff")))
    except csv.Error as error:
        raise CannotRead("not_csv") from error
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise CannotRead("empty")
    if len(filled) > MOST_ROWS + 1:
        raise CannotRead("too_many_rows", str(MOST_ROWS))
    columns = _columns(filled[0][1])
    return tuple(_row(number, columns, cells) for number, cells in filled[1:])


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line it ends on; by a comma, or the semicolon that some spreadsheets write."""
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for cells in reader:
        yield reader.line_num, cells


def _columns(cells: list[str]) -> list[str]:
    named = [cell.strip().casefold().replace(" ", "_") for cell in cells]
    unknown = [name for name in named if name not in COLUMNS]
    if unknown or len(set(named)) != len(named):
        raise CannotRead("unknown_column", *(unknown or named))
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise CannotRead("missing_column", *missing)
    return named


def _row(number: int, columns: list[str], cells: list[str]) -> SheetRow:
    said = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
    faults = ["too_many_cells"] if len(cells) > len(columns) else []
    faults += ["cell_too_long"] if any(len(cell) > LONGEST_CELL for cell in cells) else []
    faults += ["bad_signs"] if any(_has_controls(cell) for cell in said.values()) else []
    faults += ["nothing_named"] if any(_names_nothing(said, column) for column in LISTS) else []
    lines = _named(said, "lines")
    functions = dict.fromkeys(_functions(said, faults), lines)
    where = Where(
        _named(said, "tax_ids") or frozenset(),
        _named(said, "providers"),
        _named(said, "regions"),
        _day(said.get("last_on", ""), faults),
    )
    access = AccessSet(where, {Function.ELIGIBILITY: lines, **functions})
    return SheetRow(number, _person(said), access, tuple(faults))


def _names_nothing(said: Mapping[str, str], column: str) -> bool:
    """Does a cell that is not empty hold separators alone?"""
    return bool(said.get(column)) and _named(said, column) is None


def _has_controls(cell: str) -> bool:
    return any(unicodedata.category(sign)[0] == "C" for sign in cell)


def _person(said: Mapping[str, str]) -> NewPerson:
    typed = ("first_name", "last_name", "email", "telephone", "username")
    return NewPerson(**{name: said.get(name, "") for name in typed})


def _functions(said: Mapping[str, str], faults: list[str]) -> list[Function]:
    """Those of the role and those named beside it."""
    named = [*_of_role(said.get("role", ""), faults), *sorted(_named(said, "functions") or ())]
    unknown = [name for name in named if name not in GRANTABLE]
    faults.extend(["unknown_function"] if unknown else [])
    return [Function(name) for name in named if name in GRANTABLE]


def _of_role(role: str, faults: list[str]) -> tuple[str, ...]:
    try:
        return templates.of(role).functions if role else ()
    except templates.UnknownTemplate:
        faults.append("unknown_role")
        return ()


def _named(said: Mapping[str, str], column: str) -> frozenset[str] | None:
    """The values of a cell; None where it is empty. A tax ID may have a dash."""
    values = said.get(column, "").replace(";", " ").replace(",", " ").split()
    bare = (value.replace("-", "") if column == "tax_ids" else value for value in values)
    return frozenset(bare) or None


def _day(typed: str, faults: list[str]) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        faults.append("bad_date")
        return None
