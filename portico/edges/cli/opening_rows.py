"""When the plan works, as `portico plan` reads and writes it: tables [hours] and [holidays] of its file."""

import json
import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, Final

from portico.domains.plan import opening, opening_rules
from portico.domains.plan.business_time import Open
from portico.domains.plan.opening_rules import WEEKDAYS
from portico.domains.plan.rules import CannotConfigure
from portico.edges.cli import asking, speaking

HOURS: Final = "hours"
HOLIDAYS: Final = "holidays"
NAMES: Final = (HOURS, HOLIDAYS)
_CLOCKS: Final = re.compile(r"([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])")


def wrong_with(said: Mapping[str, Any]) -> str:
    """What is wrong with the two tables as they stand in the file; empty where nothing is."""
    for name in NAMES:
        table = said.get(name, {})
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            return f"{name} must be a table of days with a text each"
    try:
        weekly = _weekly(said[HOURS]) if HOURS in said else opening.written_hours()
        opening_rules.check_weekly(weekly)
        closed = _holidays(said[HOLIDAYS]) if HOLIDAYS in said else opening.written_holidays()
        opening_rules.check_holidays(closed, weekly)
    except CannotConfigure as error:
        return str(error)
    return ""


def put(said: Mapping[str, Any]) -> None:
    """Put what the file says in place of what there is. A table left out stays; no hours are the default."""
    weekly = _weekly(said[HOURS]) if HOURS in said else None
    holidays = _holidays(said[HOLIDAYS]) if HOLIDAYS in said else None
    if weekly is None and holidays is None:
        return
    opening.set_hours(actor=asking.actor(), weekly=weekly, holidays=holidays)
    open_on, closed_on = len(opening.written_hours()), len(opening.written_holidays())
    hours = f"open {open_on} days of the week" if open_on else "open as by default"
    speaking.say(f"Opening: {hours}, {closed_on} holidays.")


def show() -> None:
    """Print both tables as the file has them; nothing where the plan has set none."""
    _show(
        HOURS,
        {WEEKDAYS[day]: f"{o.opens:%H:%M}-{o.closes:%H:%M}" for day, o in opening.written_hours().items()},
    )
    _show(HOLIDAYS, {day.isoformat(): name for day, name in opening.written_holidays().items()})


def _show(name: str, table: Mapping[str, str]) -> None:
    if not table:
        return
    speaking.say(f"\n[{name}]")
    for what, said in table.items():
        speaking.say(f"{what} = {json.dumps(said, ensure_ascii=False)}")


def _weekly(table: Mapping[str, str]) -> dict[int, Open]:
    return {_weekday(day): _open(day, said) for day, said in table.items()}


def _weekday(said: str) -> int:
    if said not in WEEKDAYS:
        raise CannotConfigure(f"hours: {said!r} is no day; {', '.join(WEEKDAYS)} are")
    return WEEKDAYS.index(said)


def _open(day: str, said: str) -> Open:
    found = _CLOCKS.fullmatch(said)
    try:
        if found:
            return Open(time.fromisoformat(found[1]), time.fromisoformat(found[2]))
    except ValueError:
        pass
    raise CannotConfigure(f'hours, {day}: {said!r} is not written like "08:00-17:00"; leave out a closed day')


def _holidays(table: Mapping[str, str]) -> dict[date, str]:
    return {_holiday(day): name for day, name in table.items()}


def _holiday(said: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", said):
            return date.fromisoformat(said)
    except ValueError:
        pass
    raise CannotConfigure(f"holidays: {said!r} is no day written like 2026-12-25")
