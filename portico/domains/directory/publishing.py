"""Accepted changes reach everybody on their day, and the provider file confirms or contradicts them.

    accepted, its day has come      -> published: it lies over the file
    the file says the same          -> confirmed: it lies there no more, for the file says so itself
    the file says something else    -> contradicted: the file's word shows, the plan gets a work item, and the
                                       office is told; the change stays in the books as it was

Settled again and again, a chunk at a time; where all agrees nothing is written.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final

from django.db.models import JSONField, QuerySet, Value

from portico.domains.directory import listings, models, overlay, shown, telling, upkeep_rules
from portico.domains.directory.change_rows import SUBJECT
from portico.domains.directory.upkeep_rules import Said
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

CHUNK: Final = 100
State = models.Change.State
_STATES: Final = {Said.THE_SAME: State.CONFIRMED, Said.SOMETHING_ELSE: State.CONTRADICTED}
Changes = list[models.Change]


def decided(given: Permit, row: models.Change) -> None:
    """Keep what the desk decided of a change; an accepted one is published at once if its day has come."""
    at = given.actor.asked_at
    row.decided_at, row.decided_by = at, given.actor.user_id
    if row.state == State.ACCEPTED and row.effective_on <= given.actor.today:
        row.published_at = at
    row.save()
    if row.published_at is not None:
        listings.renew(given, tax_ids=[row.tax_id])


def is_due(*, actor: Actor) -> bool:
    """Is there anything to publish or to settle?"""
    return _to_publish(actor).exists() or next(_to_settle(), None) is not None


def keep(*, actor: Actor) -> bool:
    """Publish and settle a chunk of changes; True while more may be left. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count = _publish(given) + _settle(given)
        given.conclude("directory_changes_settled" if count else "nothing_to_settle")
        return count >= CHUNK


def contradicted() -> dict[str, int]:
    """The references of changes that the provider file contradicted, and the number of the office of each."""
    rows = models.Change.objects.filter(state=State.CONTRADICTED)
    return dict(rows.values_list("reference", "office_id"))


def _publish(given: Permit) -> int:
    rows = list(_to_publish(given.actor).select_related("listing").order_by("pk")[:CHUNK])
    for row in rows:
        if row.listing is not None:
            row.before = shown.sent(row.listing, row.field)
        row.published_at = given.actor.asked_at
        row.save(update_fields=["before", "published_at"])
        given.note_subject(SUBJECT, row.reference)
    if rows:
        listings.renew(given, tax_ids=sorted({row.tax_id for row in rows}))
    return len(rows)


def _settle(given: Permit) -> int:
    settled = list(islice(_to_settle(), CHUNK))
    for row, said in settled:
        row.state, row.settled_at = _STATES[said], given.actor.asked_at
        row.save(update_fields=["state", "settled_at"])
        given.note_subject(SUBJECT, row.reference)
        if said is Said.SOMETHING_ELSE:
            telling.decided(given, row)
    for listing, field in {(row.listing, row.field) for row, said in settled if said is Said.THE_SAME}:
        if listing is not None:
            waiting = _laid().filter(listing=listing, field=field)
            waiting.update(before=Value(shown.sent(listing, field), JSONField()))
    if settled:
        listings.renew(given, tax_ids=sorted({row.tax_id for row, _ in settled}))
    return len(settled)


def _to_publish(actor: Actor) -> "QuerySet[models.Change]":
    return models.Change.objects.filter(
        state=State.ACCEPTED, published_at__isnull=True, effective_on__lte=actor.today
    )


def _to_settle() -> Iterator[tuple[models.Change, Said]]:
    """Published changes of which the file says something new, and what.

    A file that is ahead, with what is accepted for a later day, has caught up with those before it.
    """
    rows = _accepted().order_by("listing_id", "field", "effective_on", "pk")
    for _, group in groupby(rows.iterator(), key=lambda row: (row.listing_id, row.field)):
        changes = list(group)
        if any(row.published_at for row in changes):
            told = ((row, said) for row, said in _said(changes) if said is not Said.NOTHING_NEW)
            yield from ((row, said) for row, said in told if row.published_at)


def _said(changes: Changes) -> Iterable[tuple[models.Change, Said]]:
    first = next(row for row in changes if row.published_at)
    if first.listing is None:
        return [(row, _of_gone(row)) for row in changes]
    said = upkeep_rules.said_of(
        first.field,
        before=first.before,
        afters=[row.after for row in changes],
        sent=first.listing.sent.get(first.field),
    )
    return zip(changes, said, strict=True)


def _of_gone(row: models.Change) -> Said:
    """The file has the entry no more: what said that it ends is confirmed by that, all else contradicted."""
    return Said.THE_SAME if row.field == overlay.LAST_ON else Said.SOMETHING_ELSE


def _laid() -> "QuerySet[models.Change]":
    return _accepted().filter(published_at__isnull=False)


def _accepted() -> "QuerySet[models.Change]":
    return models.Change.objects.filter(state=State.ACCEPTED).select_related("listing")
