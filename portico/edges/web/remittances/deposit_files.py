"""A file of deposits, as a bank's statement exports them: payment number, amount, day; CSV with a head.

    payment_number,amount,deposited_on
    EFT0000117,"$1,175.00",02/04/2026

The columns may stand in any order under any of their names, with others beside them. A row that cannot be
read is told by its line; the others are taken.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from portico.domains.claims import payment_numbers
from portico.domains.claims.deposits import MOST_AT_ONCE, NewDeposit

MOST_BYTES: Final = 256 * 1024
MOST_AMOUNT: Final = Decimal("999999999.99")
LONGEST_NUMBER: Final = 50
_NAMES: Final[Mapping[str, frozenset[str]]] = {
    "number": frozenset({"payment_number", "trace_number", "check_number", "number", "reference"}),
    "amount": frozenset({"amount", "credit", "deposit"}),
    "day": frozenset({"deposited_on", "date", "day", "deposit_date", "posted", "posting_date"}),
}
_DAYS: Final = ("%m/%d/%Y", "%Y-%m-%d", "%m/%d/%y")


class NotADepositFile(ValueError):
    """The file cannot be read at all; the words are for who sent it."""


@dataclass(frozen=True, slots=True)
class Read:
    """The deposits of a file, and what is wrong with the lines that hold none: line number and words."""

    deposits: tuple[NewDeposit, ...]
    faults: tuple[tuple[int, str], ...]


def read(content: bytes, *, today: date) -> Read:
    """What a file holds; days after `today` are refused. Raises NotADepositFile."""
    rows = csv.reader(io.StringIO(_text(content), newline=""))
    try:
        columns = _columns(next(rows, []))
        found = list(_rows(rows, columns, today))
    except csv.Error as error:
        raise NotADepositFile("This is no CSV file. Export the statement as CSV.") from error
    deposits = tuple(each for _, each in found if isinstance(each, NewDeposit))
    if len(deposits) > MOST_AT_ONCE:
        raise NotADepositFile(f"The file has more than {MOST_AT_ONCE:,} deposits. Split it.")
    return Read(deposits, tuple((line, each) for line, each in found if isinstance(each, str)))


def amount(typed: str) -> Decimal:
    """Dollars as people write them: `$1,175.00`. Raises ValueError, its words for who typed them."""
    try:
        found = Decimal(typed.strip().removeprefix("$").replace(",", ""))
    except InvalidOperation:
        raise ValueError("The amount is no number of dollars.") from None
    if not found.is_finite() or found <= 0 or found > MOST_AMOUNT:
        raise ValueError("The amount is more than nothing, and less than a billion dollars.")
    if found != found.quantize(Decimal("0.01")):
        raise ValueError("The amount has no more than two digits after the point.")
    return found.quantize(Decimal("0.01"))


def number(typed: str) -> str:
    """A payment's number, short enough in capitals too. Raises ValueError, its words for who typed it."""
    if not 0 < len(payment_numbers.canonical(typed)) <= LONGEST_NUMBER:
        raise ValueError("The payment number has 1 to 50 signs.")
    return typed


def _text(content: bytes) -> str:
    if b"\0" in content:
        raise NotADepositFile("This is no CSV file. Export the statement as CSV.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [name.strip().lower().replace(" ", "_") for name in head]
    found = {what: at for what in _NAMES for at, name in enumerate(names) if name in _NAMES[what]}
    missing = [what for what in _NAMES if what not in found]
    if missing:
        raise NotADepositFile(
            "The first line names the columns: payment_number, amount and deposited_on. "
            f"This one lacks: {', '.join(missing)}."
        )
    return found


def _rows(
    rows: Iterator[list[str]], columns: Mapping[str, int], today: date
) -> Iterator[tuple[int, NewDeposit | str]]:
    for line, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            told = {what: cells[at].strip() for what, at in columns.items()}
            yield line, NewDeposit(number(told["number"]), amount(told["amount"]), _day(told["day"], today))
        except IndexError:
            yield line, "The line has too few columns."
        except ValueError as error:
            yield line, str(error)


def _day(typed: str, today: date) -> date:
    for form in _DAYS:
        try:
            found = datetime.strptime(typed, form).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
        if found > today:
            raise ValueError("The day lies ahead.")
        return found
    raise ValueError("The day is not written as mm/dd/yyyy.")
