"""Writes what a chunk of an enrolment feed changed: one statement for each table and kind of change.

What is deleted goes first, then changes, then what is new, so that no start is there twice on the way.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.members import models
from portico.domains.members.coverage_rules import Span
from portico.domains.members.enrolment_people import Person
from portico.domains.members.pcp_rules import Assignment

Part = dict[str, Any]


def write(leased: Leased, people: Sequence[Person], *, now: datetime) -> None:
    """Write everybody who changed; `now` stands as when in the rows."""
    _write_members(leased, people, now)
    _write_parts(
        leased, models.Coverage, people, lambda p: _spans(p.spans_before), lambda p: _spans(p.spans), now
    )
    _write_parts(
        leased, models.PcpAssignment, people, lambda p: _pcps(p.pcps_before), lambda p: _pcps(p.pcps)
    )
    _write_parts(
        leased,
        models.OtherCoverage,
        people,
        lambda p: _copies(p.others_before.values()),
        lambda p: _copies(p.others.values()),
    )


def _write_members(leased: Leased, people: Sequence[Person], now: datetime) -> None:
    after: dict[int, Part] = {}
    before: dict[int, Part] = {}
    for person in people:
        if person.id is None or person.row == person.before:
            continue
        person.row["changed_at"] = now
        after[person.id] = {name: value for name, value in person.row.items() if person.before[name] != value}
        before[person.id] = {name: person.before[name] for name in after[person.id]}
    loading.update(leased, models.Member, after, before)
    new = [person for person in people if person.id is None]
    rows = [{**person.row, "changed_at": now} for person in new]
    for person, member in zip(new, loading.insert(leased, models.Member, rows), strict=True):
        person.id = member


def _write_parts(
    leased: Leased,
    model: type[Model],
    people: Iterable[Person],
    parts_before: Callable[[Person], list[Part]],
    parts_after: Callable[[Person], list[Part]],
    now: datetime | None = None,
) -> None:
    gone: list[int] = []
    after: dict[int, Part] = {}
    before: dict[int, Part] = {}
    new: list[Part] = []
    stamp = {"changed_at": now} if now else {}
    for person in people:
        held = {part.pop("id"): part for part in parts_before(person)}
        for part in parts_after(person):
            key = part.pop("id")
            if key is None:
                new.append({"member_id": person.id, **part, **stamp})
            elif (old := held.pop(key)) != part:
                after[key] = {name: value for name, value in part.items() if old[name] != value}
                before[key] = {name: old[name] for name in after[key]}
        gone += held
    loading.delete(leased, model, gone)
    loading.update(leased, model, after, before)
    loading.insert(leased, model, new)


def _spans(spans: Iterable[Span]) -> list[Part]:
    return [{_COLUMN_OF_SPAN[name]: getattr(span, name) for name in _COLUMN_OF_SPAN} for span in spans]


def _pcps(assignments: Iterable[Assignment]) -> list[Part]:
    return [one._asdict() for one in assignments]


def _copies(others: Iterable[Part]) -> list[Part]:
    return [dict(other) for other in others]


_COLUMN_OF_SPAN = {name: name for name in Span._fields} | {"line": "line_id"}
