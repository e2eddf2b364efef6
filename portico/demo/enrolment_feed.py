"""Writes the 834 files: full ones of some 100,000 members, and small change files.

ISA GS                      control number: the day and the file
  ST BGN N1*P5 N1*IN        one transaction set for some 10,000 members; a household is never split
    member loops            see `enrolment`
  SE
GE IEA
"""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path

from portico.demo import enrolment
from portico.demo.enrolment import Segment
from portico.demo.households import Household
from portico.shared.x12.build import GroupWriter, InterchangeWriter
from portico.shared.x12.headers import GroupHeader, InterchangeHeader

MEMBERS_A_FILE, MEMBERS_A_SET = 100_000, 10_000
PLAN_TAX_ID, PLAN_NAME = "970118200", "Northlake Health Plan"
GUIDE = "005010X220A1"
_SENDER, _RECEIVER, _TIME = "NORTHLAKECORE", "NORTHLAKEPORTAL", "0400"

Loop = list[Segment]


class Action(StrEnum):
    """What a whole file is (BGN08)."""

    CHANGE = "2"
    FULL = "4"


def write_full(folder: Path, households: Iterable[Household], *, today: date) -> tuple[Path, ...]:
    """Write every household into `834-full-001.x12`, `-002`, …; answers the paths in the order to load."""
    waiting = (list(enrolment.loops(household)) for household in households)
    paths: list[Path] = []
    for first in waiting:
        path = folder / f"834-full-{len(paths) + 1:03d}.x12"
        _write(path, _up_to(MEMBERS_A_FILE, first, waiting), Action.FULL, number=len(paths) + 1, today=today)
        paths.append(path)
    return tuple(paths)


def write_changes(path: Path, loops: Iterable[Loop], *, number: int, today: date) -> Path:
    """Write member loops as a change file; `number` sets its control number apart (9000 and above)."""
    _write(path, ([loop] for loop in loops), Action.CHANGE, number=number, today=today)
    return path


def _write(path: Path, runs: Iterator[list[Loop]], action: Action, *, number: int, today: date) -> None:
    """One interchange; each run of member loops stays within one transaction set."""
    isa, gs = _headers(number, today)
    with (
        path.open("wb") as file,
        InterchangeWriter(file, isa, line_end="\n") as interchange,
        interchange.group(gs) as group,
    ):
        for first in runs:
            _write_set(group, _up_to(MEMBERS_A_SET, first, runs), action, today)


def _write_set(group: GroupWriter, runs: Iterator[list[Loop]], action: Action, today: date) -> None:
    with group.transaction("834", guide=GUIDE) as transaction:
        reference = f"NLH{group.header.control_number}-{group.count:04d}"
        transaction.write("BGN", "00", reference, f"{today:%Y%m%d}", _TIME, "", "", "", action)
        transaction.write("N1", "P5", PLAN_NAME, "FI", PLAN_TAX_ID)
        transaction.write("N1", "IN", PLAN_NAME, "FI", PLAN_TAX_ID)
        write = transaction.write
        for run in runs:
            for loop in run:
                for segment in loop:
                    write(*segment)


def _headers(number: int, today: date) -> tuple[InterchangeHeader, GroupHeader]:
    control = f"{today.toordinal() % 100_000:05d}{number:04d}"
    isa = InterchangeHeader(
        sender=_SENDER, receiver=_RECEIVER, date=f"{today:%y%m%d}", time=_TIME, control_number=control
    )
    gs = GroupHeader(
        functional_id="BE",
        sender=_SENDER,
        receiver=_RECEIVER,
        date=f"{today:%Y%m%d}",
        time=_TIME,
        control_number=str(int(control)),
        version=GUIDE,
    )
    return isa, gs


def _up_to(members: int, first: list[Loop], waiting: Iterator[list[Loop]]) -> Iterator[list[Loop]]:
    """The first run and those after it until so many members are reached."""
    passed = 0
    for run in chain([first], waiting):
        yield run
        passed += len(run)
        if passed >= members:
            return
