"""From a row of a table to the question it asks, or to what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings

from portico.domains.members import rules
from portico.domains.members.asked import ByFacts, Facts, Inquiry
from portico.domains.members.batches import NewRow
from portico.edges.web.batches import columns, days
from portico.edges.web.batches.tables import Line
from portico.shared import identifiers, names

NOT_ENOUGH: Final = "not_enough"
TOO_MANY_CELLS: Final = "too_many_cells"
TOO_LONG: Final = "too_long"
BIRTH_DATE: Final = "birth_date_format"
BIRTH_DATE_AHEAD: Final = "birth_date_ahead"
AS_OF: Final = "as_of_format"
SSN_SEARCH_OFF: Final = "ssn_search_off"

MOST_CELL: Final = 100
_MOST_TYPED = 40


class BadCell(ValueError):
    """A cell says what its column cannot take; `problem` is a stable code."""

    def __init__(self, problem: str, column: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.column = column


@dataclass(frozen=True, slots=True)
class Asking:
    """What every row of a file is read with: where its columns stand, and the day asked about by default."""

    places: Mapping[str, int]
    width: int
    as_of: date
    today: date

    def row(self, line: Line) -> NewRow:
        """The row: its question, or the code of what is wrong with it."""
        locator = f"row {line.number}"
        typed = {column: self._cell(line, column) for column in self.places}
        try:
            inquiry = self._inquiry(line, typed)
        except BadCell as bad:
            echo = _echo(typed) | _what(bad, typed)
            return NewRow(line.number, locator, problem=bad.problem, echo=echo)
        return NewRow(line.number, locator, inquiry)

    def _cell(self, line: Line, column: str) -> str:
        place = self.places[column]
        return line.cells[place] if place < len(line.cells) else ""

    def _inquiry(self, line: Line, typed: Mapping[str, str]) -> Inquiry:
        if line.problem:
            raise BadCell(line.problem, "")
        if any(line.cells[self.width :]):
            raise BadCell(TOO_MANY_CELLS, "")
        for column, text in typed.items():
            if len(text) > MOST_CELL:
                raise BadCell(TOO_LONG, column)
        return Inquiry("", self._as_of(typed.get(columns.AS_OF, "")), ByFacts(self._facts(typed)))

    def _as_of(self, text: str) -> date:
        found = days.read(text) if text else self.as_of
        if found is None:
            raise BadCell(AS_OF, columns.AS_OF)
        problem = outside_window(found, today=self.today)
        if problem:
            raise BadCell(problem, columns.AS_OF)
        return found

    def _facts(self, typed: Mapping[str, str]) -> Facts:
        facts = Facts(
            member_id=_checked(columns.MEMBER_ID, typed, identifiers.parse_member_id),
            ssn=_checked(columns.SSN, typed, _ssn),
            last_name=_checked(columns.LAST_NAME, typed, _name),
            first_name=typed.get(columns.FIRST_NAME, ""),
            birth_date=self._birth_date(typed.get(columns.BIRTH_DATE, "")),
        )
        _check_enough(facts)
        return facts

    def _birth_date(self, text: str) -> date | None:
        if not text:
            return None
        found = days.read(text, not_after=self.today)
        if found is None:
            raise BadCell(BIRTH_DATE, columns.BIRTH_DATE)
        if found > self.today:
            raise BadCell(BIRTH_DATE_AHEAD, columns.BIRTH_DATE)
        return found


def outside_window(day: date, *, today: date) -> str:
    """Why a day may not be asked about, as a code; empty where it may."""
    window = rules.window(
        today, months_back=settings.AS_OF_MONTHS_BACK, months_ahead=settings.AS_OF_MONTHS_AHEAD
    )
    return window.refusal(day) or ""


def _check_enough(facts: Facts) -> None:
    """A member ID needs a last name or a birth date beside it, everything else a birth date."""
    by_id = facts.member_id and (facts.last_name or facts.birth_date)
    by_name = facts.last_name and facts.birth_date
    if by_id or by_name:
        return
    if not (facts.ssn and facts.birth_date):
        raise BadCell(NOT_ENOUGH, "")
    if not settings.SSN_SEARCH:
        raise BadCell(SSN_SEARCH_OFF, columns.SSN)


def _checked(column: str, typed: Mapping[str, str], parse: Any) -> str:
    text = typed.get(column, "")
    try:
        return str(parse(text)) if text else ""
    except identifiers.BadIdentifier as error:
        raise BadCell(error.code, column) from None


def _ssn(text: str) -> str:
    """A spreadsheet that takes the number for a quantity drops the zeros it begins with."""
    digits = text.zfill(9) if text.isascii() and text.isdigit() else text
    return identifiers.parse_ssn(digits, allow_demo=settings.DEMO_IDENTIFIERS)


def _name(text: str) -> str:
    if not names.key(text):
        raise identifiers.BadIdentifier("last_name_format", "A last name has letters.")
    return text


def _what(bad: BadCell, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands in the bad cell; a Social Security number is nobody's to see again."""
    text = "" if bad.column == columns.SSN else typed.get(bad.column, "")
    return {"column": bad.column, "typed": text[:_MOST_TYPED]}


def _echo(typed: Mapping[str, str]) -> dict[str, Any]:
    """Whom a row that cannot be asked is about, as it was typed."""
    shown = (columns.MEMBER_ID, columns.LAST_NAME, columns.FIRST_NAME)
    return {column: typed[column][:MOST_CELL] for column in shown if typed.get(column)}
