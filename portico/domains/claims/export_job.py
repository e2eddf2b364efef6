"""Writes an export: its claims chunk by chunk, each a permit of whoever asked, then the file.

It may be killed at any moment and run again: nothing is kept before the file, so it begins anew. The owner is
built anew for every chunk; an export is refused whole where the owner reaches something else at its end than
at its beginning, since the chunks before the change may show what is taken away.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from portico.domains.access import actors as access_actors
from portico.domains.claims import exports, finding, models
from portico.domains.claims.answers import ClaimFacts, Found
from portico.domains.claims.asked import Asked
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased
from portico.domains.permits.actors import Actor, Door, visitor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit

CHUNK = 500
Write = Callable[[Sequence[ClaimFacts]], bytes]
"""Makes the file of claims; named by dotted path in the setting `EXPORT_WRITERS`, by format."""


class ExportClaims:
    """The handler of jobs of kind `export_claims`."""

    def run(self, leased: Leased) -> None:
        """Writes the export that the payload names; one that is gone or done is nothing to do."""
        row = models.Export.objects.filter(pk=UUID(leased.payload["export"])).first()
        if row is not None and row.finished_at is None:
            _write(leased, row)


def _write(leased: Leased, row: models.Export) -> None:
    asked, held = exports.asked_of(row), models.Export.objects.filter(pk=row.pk)
    try:
        scope = _scope(leased, row, asked, "export_begun")
        rows, was_cut = _rows(leased, row, asked)
        is_same = scope == _scope(leased, row, asked, "export_written")
    except NotPermitted:
        is_same = False
    if not is_same:
        held.update(finished_at=leased.now(), row_count=0)
        return
    write: Write = import_string(settings.EXPORT_WRITERS[row.format])
    queue.renew(leased)
    file = exports.keep_file(row, write(rows))
    is_wanted = held.update(
        file=file,
        asked_sealed=exports.sealed(row, asked, scope),
        row_count=len(rows),
        was_cut=was_cut,
        finished_at=leased.now(),
    )
    if not is_wanted:  # discarded while it was written
        exports.drop_file(file)


def _rows(leased: Leased, row: models.Export, asked: Asked) -> tuple[list[ClaimFacts], bool]:
    """The claims, at most as many as an export holds; and whether there were more. Raises NotPermitted.

    Where the claim that a chunk ended with is taken back meanwhile, the list begins anew: each counts once.
    """
    most, rows, key = settings.EXPORT_ROWS, dict[UUID, ClaimFacts](), ""
    while True:
        size = min(CHUNK, most - len(rows))
        answer = finding.find(actor=_owner(leased, row), asked=asked, after=key, size=size)
        if not isinstance(answer, Found):
            return list(rows.values()), False
        rows |= {claim.public_id: claim for claim in answer.claims}
        key = answer.next_key or ""
        models.Export.objects.filter(pk=row.pk).update(row_count=len(rows))
        queue.checkpoint(leased, cursor=leased.cursor, done=len(rows))
        if not key or len(rows) >= most:
            return list(rows.values()), bool(key)


def _scope(leased: Leased, row: models.Export, asked: Asked, concluded: str) -> str:
    """What the owner reaches now, to be compared when the file is taken. Raises NotPermitted."""
    actor = _owner(leased, row)
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        given.note_subject("export", str(row.pk))
        given.conclude(concluded)
        return exports.scope_of(given)


def _owner(leased: Leased, row: models.Export) -> Actor:
    """Who asked, with what is held now; a visitor where the person may no longer sign in at all."""
    now = leased.now()
    today = now.astimezone(leased.worker.zone).date()
    found = access_actors.for_job(
        persona_id=row.persona_id, machine_id=None, asked_at=now, today=today, door=Door.WEB
    )
    return found or visitor(asked_at=now, today=today)
