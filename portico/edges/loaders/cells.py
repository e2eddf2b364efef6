"""The cells of one CSV record, typed and checked; an empty cell was not given."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.periods import Period

_YES_NO = {"yes": True, "no": False}
_PLACES = -2
_WHOLE_DIGITS = 10
_ISO_LENGTH = 10
_ZIP_LENGTH = 5
_DEGREES = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,8})?")


class Cells:
    """The record at one line. Every reader raises BadRow naming line and column."""

    __slots__ = ("_line", "_values")

    def __init__(self, line: int, values: Mapping[str, str]) -> None:
        self._line = line
        self._values = values

    @property
    def line(self) -> int:
        """The number of the line."""
        return self._line

    def is_empty(self, column: str) -> bool:
        """Was nothing given?"""
        return not self._values[column]

    def text(self, column: str, most: int) -> str:
        """The text, `most` characters at most."""
        value = self._values[column]
        if len(value) > most:
            raise self._bad(ReadReason.VALUE_TOO_LONG, column)
        return value

    def required(self, column: str, most: int) -> str:
        """The text, which must be there."""
        if not self._values[column]:
            raise self._bad(ReadReason.VALUE_MISSING, column)
        return self.text(column, most)

    def choice(self, column: str, known: Collection[str]) -> str:
        """One of the codes known."""
        value = self._values[column]
        if value not in known:
            raise self._bad(ReadReason.VALUE_NOT_KNOWN if value else ReadReason.VALUE_MISSING, column)
        return value

    def words(self, column: str, most: int) -> tuple[str, ...]:
        """The parts between upright strokes, each of `most` characters at most."""
        parts = tuple(part.strip() for part in self._values[column].split("|") if part.strip())
        if any(len(part) > most for part in parts):
            raise self._bad(ReadReason.VALUE_TOO_LONG, column)
        return parts

    def codes(self, column: str, known: Sequence[str]) -> tuple[str, ...]:
        """The codes between upright strokes, each once, in the order in which they are known."""
        given = {part.strip() for part in self._values[column].split("|") if part.strip()}
        if not given.issubset(known):
            raise self._bad(ReadReason.VALUE_NOT_KNOWN, column)
        return tuple(code for code in known if code in given)

    def degrees(self, column: str, most: float) -> float:
        """An angle in degrees between minus `most` and `most`."""
        value = self._values[column]
        if not _DEGREES.fullmatch(value) or abs(float(value)) > most:
            raise self._bad(ReadReason.AMOUNT_WRONG if value else ReadReason.VALUE_MISSING, column)
        return float(value)

    def zip_code(self, column: str) -> str:
        """A ZIP code of five digits."""
        value = self._values[column]
        if len(value) != _ZIP_LENGTH or not (value.isascii() and value.isdecimal()):
            raise self._bad(ReadReason.IDENTIFIER_WRONG, column)
        return value

    def yes(self, column: str) -> bool:
        """Yes or no; empty is no."""
        return _YES_NO[self.choice(column, _YES_NO)] if self._values[column] else False

    def day(self, column: str) -> date:
        """The day, as CCYY-MM-DD."""
        value = self._values[column]
        found = _iso(value)
        if found is None:
            raise self._bad(ReadReason.DATE_WRONG if value else ReadReason.VALUE_MISSING, column)
        return found

    def period(self, first: str, last: str) -> Period:
        """The days of two columns, the second perhaps empty."""
        begin, end = self.day(first), None if self.is_empty(last) else self.day(last)
        if end is not None and end < begin:
            raise self._bad(ReadReason.ENDS_BEFORE_IT_BEGINS, last)
        return Period(begin, end)

    def amount(self, column: str, most: Decimal | None = None) -> Decimal | None:
        """An amount from zero, with two decimal places at most; None where it was not given."""
        value = self._values[column]
        if not value:
            return None
        found = _decimal(value)
        if found is None or (most is not None and found > most):
            raise self._bad(ReadReason.AMOUNT_WRONG, column)
        return found

    def npi(self, column: str) -> str:
        """An NPI with a right check digit."""
        try:
            return _npi(self._values[column])
        except BadIdentifier:
            raise self._bad(ReadReason.IDENTIFIER_WRONG, column) from None

    def tax_id(self, column: str) -> str:
        """A tax ID."""
        try:
            return identifiers.parse_tax_id(self._values[column])
        except BadIdentifier:
            raise self._bad(ReadReason.IDENTIFIER_WRONG, column) from None

    def member_id(self, column: str) -> str:
        """A member ID in canonical form."""
        try:
            return identifiers.parse_member_id(self._values[column])
        except BadIdentifier:
            raise self._bad(ReadReason.MEMBER_ID_FORMAT, column) from None

    def plan_code(self, column: str) -> str:
        """A plan code: three capital letters or digits."""
        value = self.required(column, 3)
        if len(value) != 3 or not value.isascii() or not value.isalnum() or value != value.upper():
            raise self._bad(ReadReason.IDENTIFIER_WRONG, column)
        return value

    def _bad(self, reason: ReadReason, column: str) -> BadRow:
        return BadRow(reason, self._line, column)


@lru_cache(maxsize=16_384)
def _iso(value: str) -> date | None:
    if len(value) != _ISO_LENGTH:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _decimal(value: str) -> Decimal | None:
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    exponent = found.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < _PLACES or found < 0 or found.adjusted() >= _WHOLE_DIGITS:
        return None
    return found.quantize(Decimal("0.01"))


@lru_cache(maxsize=16_384)
def _npi(value: str) -> str:
    return identifiers.parse_npi(value)
