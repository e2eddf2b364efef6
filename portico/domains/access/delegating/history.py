"""What changed in what one persona may do: when, by whom, how it stood before and after."""

from dataclasses import dataclass
from datetime import datetime

from portico.domains.access import models
from portico.domains.access.delegating import acting, naming, records
from portico.domains.access.delegating.records import Entry
from portico.domains.permits.actors import Actor
from portico.shared import pages

__all__ = ["Change", "Entry", "of"]

PAGE = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `given` are the entries that were not there before, `taken` those that are not there after.

    `by`: the name of who did it, where that is somebody of the office; else "", and `by_plan` says whether
    somebody of the plan did, or it came about by itself.
    """

    at: datetime
    kind: str
    by: str
    by_plan: bool
    before: tuple[Entry, ...]
    after: tuple[Entry, ...]
    given: tuple[Entry, ...]
    taken: tuple[Entry, ...]
    reference: str


def of(*, actor: Actor, persona_id: int, key: str = "", size: int = PAGE) -> pages.Page[Change]:
    """The changes of that persona, the latest first. Raises UnknownPerson, NotPermitted."""
    with acting.act(actor, lately=False) as given:
        whose = acting.whose(given, persona_id, hold=False)
        rows = models.AccessChange.objects.filter(persona=whose.persona)
        rows = rows.filter(pk__lt=int(key)) if pages.is_row(key) else rows
        found = list(rows.order_by("-pk")[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
        called = naming.names([whose.office.id], [row.by for row in cut.rows if not row.by_plan])
        given.conclude("access_history_shown")
        return pages.Page(tuple(_change(row, called.get(row.by or 0, "")) for row in cut.rows), cut.next_key)


def _change(row: models.AccessChange, by: str) -> Change:
    before = tuple(map(records.entry, row.before))
    after = tuple(map(records.entry, row.after))
    return Change(
        at=row.at,
        kind=row.kind,
        by="" if row.by_plan else by,
        by_plan=row.by_plan,
        before=before,
        after=after,
        given=tuple(each for each in after if each not in before),
        taken=tuple(each for each in before if each not in after),
        reference=row.reference,
    )
