"""How each field of an application stands: what it comes to now, and the word of a person that still counts.

A word was given for what was claimed then. Whatever the applicant changes afterwards takes it away.
"""

from collections.abc import Iterable, Mapping

from portico.domains.registration import models
from portico.domains.registration.claims import Compared, Field, Finding
from portico.domains.registration.deciding_rules import Held
from portico.domains.registration.events import Kind


def of(application: models.Application, compared: Mapping[Field, Compared]) -> tuple[Held, ...]:
    """Each field that is compared, in that order. Two queries."""
    rows = _rows(application)
    return tuple(_held(each, rows.get(each.field, [])) for each in compared.values())


def words(application: models.Application) -> Mapping[str, models.Check]:
    """The newest row of each field, where a person gave it and nothing that is claimed changed since."""
    return {field: rows[-1] for field, rows in _rows(application).items() if rows[-1].by is not None}


def seen(application: models.Application) -> int:
    """A number that grows with every change of what is claimed: what a decision was made on."""
    changed = models.Event.objects.filter(application=application, kind=Kind.CHANGED)
    return changed.order_by("-pk").values_list("pk", flat=True).first() or 0


def _rows(application: models.Application) -> dict[str, list[models.Check]]:
    """The checks by field, the oldest first, without words given before the last change."""
    changed = models.Event.objects.filter(application=application, kind=Kind.CHANGED)
    last = changed.order_by("-at").values_list("at", flat=True).first()
    found: dict[str, list[models.Check]] = {}
    for row in models.Check.objects.filter(application=application).order_by("pk"):
        if row.by is None or last is None or row.at > last:
            found.setdefault(row.field, []).append(row)
    return found


def _held(now: Compared, rows: Iterable[models.Check]) -> Held:
    then, word = None, None
    for row in rows:
        if row.by is None:
            then, word = Finding(row.finding), None
        else:
            word = Finding(row.finding)
    return Held(now.field, now.finding, then, word)
