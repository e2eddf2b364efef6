"""`portico encounters`: how many the plan expects, and which files of them the core system has.

portico encounters expect expectations.csv      columns line, tax_id, per_thousand_months
portico encounters waiting                      files the core has not said it has
portico encounters receipts receipts.csv        columns control_number, receipt
"""

import argparse
import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from portico.domains.encounters import completeness, handing_on
from portico.domains.encounters.completeness import Expected, UnknownLine
from portico.domains.encounters.handing_on import HandoverNotFound
from portico.domains.plan import days
from portico.edges.cli import asking, speaking
from portico.shared import identifiers

EXPECTED = ("line", "tax_id", "per_thousand_months")
RECEIPT = ("control_number", "receipt")
_MOST = Decimal(100_000)

Row = Mapping[str, str]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `encounters expect`, `encounters waiting` and `encounters receipts`."""
    encounters = commands.add_parser("encounters", help="what is expected of encounters, and handing them on")
    kinds = encounters.add_subparsers(required=True, metavar="WHAT")
    expect_ = kinds.add_parser("expect", help="set how many are expected, in place of what was set before")
    expect_.add_argument("file", type=Path, metavar="FILE", help=f"CSV: {', '.join(EXPECTED)}")
    expect_.set_defaults(run=expect)
    waiting_ = kinds.add_parser("waiting", help="list the files the core has not said it has")
    waiting_.set_defaults(run=waiting)
    receipts_ = kinds.add_parser("receipts", help="note what the core says it has; repeating changes nothing")
    receipts_.add_argument("file", type=Path, metavar="FILE", help=f"CSV: {', '.join(RECEIPT)}")
    receipts_.set_defaults(run=receipts)


def expect(arguments: argparse.Namespace) -> int:
    """Sets what the file says; nothing is changed when any of it is wrong."""
    rows = [_expected(arguments.file, number, row) for number, row in _rows(arguments.file, EXPECTED)]
    seen = {(row.line, row.tax_id) for row in rows}
    if len(seen) != len(rows):
        raise speaking.Refused(f"{arguments.file}: a line and tax ID stand there twice")
    try:
        completeness.expect(actor=asking.actor(), expectations=rows)
    except UnknownLine as error:
        raise speaking.Refused(f"{arguments.file}: the plan has no line of business {error}") from error
    speaking.say(f"{len(rows)} expectations are set.")
    return 0


def waiting(arguments: argparse.Namespace) -> int:
    """Prints a line for each file, the oldest first."""
    del arguments
    for each in handing_on.unreceived(actor=asking.actor()):
        at = days.local(each.made_at)
        speaking.say(
            f"{each.control_number}  {at:%Y-%m-%d %H:%M %Z}  {each.form:<13}  {each.record_count:>5}"
        )
    return 0


def receipts(arguments: argparse.Namespace) -> int:
    """Notes each row; those of unknown control numbers are said, and make the exit code 1."""
    noted, unknown = 0, []
    for _, row in list(_rows(arguments.file, RECEIPT)):
        number = row["control_number"].rjust(9, "0")
        try:
            handing_on.note_receipt(actor=asking.actor(), control_number=number, receipt=row["receipt"])
            noted += 1
        except HandoverNotFound:
            unknown.append(number)
    speaking.say(f"{noted} receipts are noted.")
    if unknown:
        return speaking.complain(f"no file went out under {', '.join(unknown)}")
    return 0


def _expected(file: Path, number: int, row: Row) -> Expected:
    try:
        rate = Decimal(row["per_thousand_months"])
        tax_id = identifiers.parse_tax_id(row["tax_id"]) if row["tax_id"] else ""
    except (InvalidOperation, identifiers.BadIdentifier):
        raise speaking.Refused(f"{file}, line {number}: check the tax ID and the number") from None
    if not (rate.is_finite() and 0 < rate < _MOST and rate == round(rate, 2)):
        words = f"per_thousand_months lies above 0 and below {_MOST}, with two decimals at most"
        raise speaking.Refused(f"{file}, line {number}: {words}")
    return Expected(rate, line=row["line"], tax_id=tax_id)


def _rows(file: Path, columns: tuple[str, ...]) -> Iterable[tuple[int, Row]]:
    """The rows with their lines' numbers. Raises Refused."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            read = csv.DictReader(source)
            if tuple(read.fieldnames or ()) != columns:
                raise speaking.Refused(f"{file}: the first line is {','.join(columns)}")
            return [(read.line_num, {name: (row[name] or "").strip() for name in columns}) for row in read]
    except OSError as error:
        raise speaking.Refused(f"{file} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise speaking.Refused(f"{file} is no CSV in UTF-8") from error
