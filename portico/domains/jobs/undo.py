"""The way back from a job: what it inserted, changed and deleted is noted, and can be put back, last first.

Notes are written in the transaction of the chunk they belong to. Reversing takes them up chunk by chunk,
each in a transaction of the caller, and drops them as it goes; so a reversal that was interrupted goes on
by itself. The images hold what the tables held: they are forgotten after a while (`forget`).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, router
from django.db.models import Exists, Model, OuterRef

from portico.domains.jobs import images
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.models import Before, Job

CHUNK = 500
_INSERT, _UPDATE, _DELETE = "insert", "update", "delete"
_INSERT_NOTE = "INSERT INTO jobs_before (job_id, model, row, act, image) VALUES (%s, %s, %s, %s, %s)"


@dataclass(frozen=True, slots=True)
class Touch:
    """A row that stands in the way: its model (`members.coverage`), key, and the job that touched it too."""

    model: str
    row: str
    job: UUID
    kind: str


class TouchedLater(Exception):
    """A later job touched a row this one would put back; reverse that one first. `touch` names it."""

    def __init__(self, touch: Touch) -> None:
        super().__init__(f"{touch.model} {touch.row} was touched later by job {touch.job}")
        self.touch = touch


class StillReferenced(Exception):
    """A row this job inserted is in use by a row it did not; `by` names that row's model."""

    def __init__(self, *, model: str, by: str) -> None:
        super().__init__(f"a row of {model} is still referred to by {by}")
        self.model = model
        self.by = by


def note_insert(leased: Leased, model: type[Model], rows: Iterable[int | str | UUID]) -> None:
    """Notes the keys of rows that this chunk inserted."""
    _note(leased, model, _INSERT, ((row, None) for row in rows))


def note_update(leased: Leased, model: type[Model], before: Mapping[Any, Mapping[str, Any]]) -> None:
    """Notes what rows were before this chunk changed them: key -> column name -> old value."""
    _note(leased, model, _UPDATE, ((row, images.of_values(model, old)) for row, old in before.items()))


def note_delete(leased: Leased, instances: Iterable[Model]) -> None:
    """Notes whole rows of one or several models before this chunk deletes them."""
    for model, rows in groupby(instances, key=type):
        _note(leased, model, _DELETE, ((row.pk, images.of_instance(row)) for row in rows))


def touched_later(job: UUID) -> Touch | None:
    """The newest row of the job that a later job touched too; None when it can be reversed."""
    return _touched(job, None)


def reverse_chunk(*, job: UUID, now: datetime, size: int = CHUNK) -> int:
    """Puts the job's last `size` touches back and answers how many; 0: the whole job is reversed.

    Call it in a transaction, again and again. Raises TouchedLater, StillReferenced.
    """
    notes = list(Before.objects.filter(job__public_id=job).order_by("-id")[:size])
    if not notes:
        Job.objects.filter(public_id=job, reversed_at=None).update(reversed_at=now)
        return 0
    touch = _touched(job, notes[-1].pk)
    if touch is not None:
        raise TouchedLater(touch)
    for (label, act), group in groupby(notes, key=lambda note: (note.model, note.act)):
        _PUT_BACK[act](_model(label), list(group))
    Before.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return len(notes)


def forget(*, finished_before: datetime) -> int:
    """Drops the images of jobs that finished earlier than that; they can no longer be reversed."""
    return Before.objects.filter(job__finished_at__lt=finished_before).delete()[0]


def _note(
    leased: Leased, model: type[Model], act: str, rows: Iterable[tuple[Any, images.Image | None]]
) -> None:
    label = model._meta.label_lower
    notes = [
        (leased.id, label, str(row), act, None if image is None else json.dumps(image)) for row, image in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT_NOTE, notes)


def _touched(job: UUID, lowest: int | None) -> Touch | None:
    later = Before.objects.filter(model=OuterRef("model"), row=OuterRef("row"), id__gt=OuterRef("id"))
    later = later.exclude(job=OuterRef("job"))
    mine = Before.objects.filter(Exists(later), job__public_id=job)
    first = (mine if lowest is None else mine.filter(id__gte=lowest)).order_by("-id").first()
    if first is None:
        return None
    since = Before.objects.filter(model=first.model, row=first.row, id__gt=first.pk)
    by = since.exclude(job_id=first.job_id).order_by("-id").select_related("job")[0].job
    return Touch(first.model, first.row, by.public_id, by.kind)


def _model(label: str) -> type[Model]:
    return apps.get_model(label)  # noqa: TID251 - the one place that puts rows of any table back


def _delete_inserted(model: type[Model], notes: list[Before]) -> None:
    rows = [note.row for note in notes]
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            _refuse_if_referenced(model, relation, rows)
    inserted = model._base_manager.filter(pk__in=rows)
    inserted._raw_delete(router.db_for_write(model))


def _refuse_if_referenced(model: type[Model], relation: Any, rows: list[str]) -> None:
    """A plain DELETE follows: whatever refers to these rows must neither vanish with them nor dangle."""
    referring = relation.related_model
    users = referring._base_manager.filter(**{f"{relation.field.name}__in": rows})
    users = users.exclude(pk__in=rows) if referring is model else users
    if users.exists():
        raise StillReferenced(model=model._meta.label_lower, by=referring._meta.label_lower)


def _restore_updated(model: type[Model], notes: list[Before]) -> None:
    oldest: dict[str, images.Image] = {}
    for note in notes:
        oldest.setdefault(note.row, {}).update(note.image or {})
    for columns, group in groupby(sorted(oldest.items(), key=_columns), key=_columns):
        rows = [model(pk=row, **images.to_values(model, image)) for row, image in group]
        model._base_manager.bulk_update(rows, list(columns))


def _columns(item: tuple[str, images.Image]) -> tuple[str, ...]:
    return tuple(sorted(item[1]))


def _insert_deleted(model: type[Model], notes: list[Before]) -> None:
    model._base_manager.bulk_create([model(**images.to_values(model, note.image or {})) for note in notes])


_PUT_BACK = {_INSERT: _delete_inserted, _UPDATE: _restore_updated, _DELETE: _insert_deleted}
