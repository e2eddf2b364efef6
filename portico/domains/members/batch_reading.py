"""Batches as their owner reads them: the list, how far one is, its rows page by page, its frame."""

from uuid import UUID

from django.db.models import Q

from portico.domains.members import batch_rows, batch_views
from portico.domains.members.batch_rows import Outcome, RowView
from portico.domains.members.batch_views import BatchView
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared import pages

PAGE = 50
LIST_PAGE = 20


def recent(
    *, actor: Actor, saved: bool = False, after: str = "", size: int = LIST_PAGE
) -> pages.Page[BatchView]:
    """The batches of this actor, or its saved lists, the newest first. Raises NotPermitted."""
    with permit(actor, Function.ELIGIBILITY) as given:
        mine = batch_views.of(actor).filter(is_saved=saved)
        found = list(_older(mine, after).order_by("-created_at", "-pk")[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda row: row.pk.hex)
        given.conclude("batches_listed")
        return pages.Page(batch_views.views(list(cut.rows)), cut.next_key)


def progress(*, actor: Actor, batch: UUID) -> BatchView:
    """How far a batch is: counts alone, so that being asked every other second leaves no audit row.

    Raises BatchNotFound, NotPermitted.
    """
    row = batch_views.owned(actor, batch)
    if not decide(actor, Question(Function.ELIGIBILITY, row.tax_id or None)).allowed:
        with batch_views.opened(actor, batch):
            raise AssertionError("a refused permit raises")
    return batch_views.view(row)


def page(
    *,
    actor: Actor,
    batch: UUID,
    outcome: Outcome | None = None,
    after: str = "",
    size: int = PAGE,
    with_benefits: bool = False,
    to_take: bool = False,
) -> pages.Page[RowView]:
    """Rows in the order of the file, of one outcome or of all; with the amounts only where asked for.

    `after` is the key of the page before. `to_take`: they leave the portal as a file, which is a sensitive
    act; whoever may begin one is not asked again in its midst. Raises BatchNotFound, NotPermitted.
    """
    with batch_views.opened(actor, batch, lately=to_take and not after) as (given, row):
        wanted = row.rows.filter(outcome=outcome) if outcome else row.rows.all()
        wanted = wanted.filter(position__gt=int(after)) if pages.is_row(after) else wanted
        found = list(wanted.order_by("position")[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda each: str(each.position))
        shown = batch_views.rows(given, cut.rows, with_benefits=with_benefits)
        given.conclude("batch_rows_shown")
        return pages.Page(shown, cut.next_key)


def frame(*, actor: Actor, batch: UUID) -> str:
    """What `create` was given as frame, for a file to take. Raises BatchNotFound, NotPermitted."""
    with batch_views.opened(actor, batch, lately=True) as (given, row):
        given.conclude("batch_frame")
        return batch_rows.cover(row).frame


def _older(mine: "batch_views.Batches", after: str) -> "batch_views.Batches":
    """Those after the batch a page ended with; its key comes out of an address, where anybody may write."""
    try:
        last = mine.filter(pk=UUID(after)).values_list("created_at", "pk").first() if after else None
    except ValueError:
        last = None
    if last is None:
        return mine
    return mine.filter(Q(created_at__lt=last[0]) | Q(created_at=last[0], pk__lt=last[1]))
