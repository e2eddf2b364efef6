"""The columns a table of patients may have, under the many names that practice systems give them."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from portico.domains.members.batches import CannotRead
from portico.edges.web.batches.tables import Line

MEMBER_ID, LAST_NAME, FIRST_NAME = "member_id", "last_name", "first_name"
BIRTH_DATE, SSN, AS_OF = "birth_date", "ssn", "as_of"
COLUMNS: Final = (MEMBER_ID, LAST_NAME, FIRST_NAME, BIRTH_DATE, SSN, AS_OF)
LABELS: Final[Mapping[str, str]] = {
    MEMBER_ID: "Member ID",
    LAST_NAME: "Last name",
    FIRST_NAME: "First name",
    BIRTH_DATE: "Birth date",
    SSN: "SSN",
    AS_OF: "Date of service",
}
SEARCHED_BY: Final = frozenset({MEMBER_ID, LAST_NAME, SSN})

_NAMES: Final[Mapping[str, str]] = {
    MEMBER_ID: (
        "memberid id memberno membernumber member subscriberid subscriber subscribernumber subscriberno "
        "patientmemberid insuranceid insuredid policynumber policyid cardid cardnumber"
    ),
    LAST_NAME: "lastname last surname familyname patientlastname memberlastname lname namelast",
    FIRST_NAME: "firstname first givenname patientfirstname memberfirstname fname namefirst",
    BIRTH_DATE: "birthdate dob dateofbirth birthday born patientdob memberdob patientbirthdate bdate",
    SSN: "ssn socialsecuritynumber socialsecurity socialsecurityno social patientssn ssno",
    AS_OF: "asof asofdate dateofservice dos servicedate appointmentdate apptdate appointment visitdate",
}
_COLUMN_OF: Final = {name: column for column, names in _NAMES.items() for name in names.split()}
_SIGNS = re.compile(r"[^a-z0-9]")
_HEADER_AMONG = 10


def recognised(cells: Sequence[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(column is not None for column in map(_column, cells))


def header(lines: Sequence[Line]) -> tuple[Line, Mapping[str, int]]:
    """The row that names the columns, and where each stands in a row.

    It is the first of the first ten that names something to search by. Raises CannotRead where there is
    none, or where it names a column twice.
    """
    for line in lines[:_HEADER_AMONG]:
        found = [_column(cell) for cell in line.cells]
        if SEARCHED_BY.intersection(found):
            return line, _places(found)
    named = ", ".join(COLUMNS)
    raise CannotRead("no_header", f"No row names the columns. The first row holds their names: {named}.")


def _places(found: Sequence[str | None]) -> Mapping[str, int]:
    for column in COLUMNS:
        if found.count(column) > 1:
            raise CannotRead("column_twice", f"Two columns are named for {LABELS[column].lower()}. Keep one.")
    return {column: place for place, column in enumerate(found) if column is not None}


def _column(cell: str) -> str | None:
    return _COLUMN_OF.get(_SIGNS.sub("", cell.casefold()))
