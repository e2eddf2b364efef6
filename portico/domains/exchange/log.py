"""The log of exchanges: every message of a trading partner, with both sides' control numbers, never PHI.

An edge notes each message before its answer leaves. The plan's desk reads the log, and how fast answers were.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from portico.domains.exchange import models, rows, rules
from portico.domains.exchange.entries import Entry as Entry
from portico.domains.exchange.entries import Exchange as Exchange
from portico.domains.exchange.entries import Noted as Noted
from portico.domains.exchange.entries import Operation as Operation
from portico.domains.exchange.entries import Result as Result
from portico.domains.exchange.entries import SetNote as SetNote
from portico.domains.exchange.entries import Sought as Sought
from portico.domains.exchange.rules import ServiceLevel as ServiceLevel
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

PAGE = 50


class UnknownExchange(LookupError):
    """There is no exchange of that number."""


def note(entry: Entry, *, write: Callable[[str], bytes] | None = None) -> Noted:
    """The exchange, noted; with `write`, its answer too, written under our control number (ISA13) for it.

    Row, control number and answer are one transaction: where writing fails, nothing is noted.
    """
    with transaction.atomic():
        number = rows.insert(entry)
        rows.insert_sets(number, entry.sets)
        if write is None:
            return Noted(number)
        ours = rules.control_number(number)
        written = write(ours)
        rows.complete(number, our_interchange=ours, bytes_sent=len(written))
        return Noted(number, written)


def page(
    *, actor: Actor, sought: Sought | None = None, after: str = "", size: int = PAGE
) -> pages.Page[Exchange]:
    """Exchanges, the newest first, without their sets; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.EXCHANGE_REVIEW) as given:
        wanted = models.Exchange.objects.filter(_wanted(sought or Sought())).order_by("-pk")
        wanted = wanted.filter(pk__lt=int(after)) if pages.is_row(after) else wanted
        cut = pages.cut(list(wanted[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        given.conclude("exchanges")
        return pages.Page(tuple(_exchange(row) for row in cut.rows), cut.next_key)


def one(*, actor: Actor, number: int) -> Exchange:
    """One exchange with its sets. Raises UnknownExchange, NotPermitted."""
    with permit(actor, Function.EXCHANGE_REVIEW) as given:
        row = models.Exchange.objects.filter(pk=number).first()
        given.conclude("exchange" if row else "not_found")
        if row is not None:
            given.note_subject("exchange", str(row.pk))
            return _exchange(row, tuple(_set_note(each) for each in row.sets.order_by("pk")))
    raise UnknownExchange


def service_level(*, actor: Actor, since: datetime, before: datetime) -> ServiceLevel:
    """How fast real-time messages received in between were answered. Raises NotPermitted."""
    with permit(actor, Function.EXCHANGE_REVIEW) as given:
        level = rules.service_level(_times(given, since, before))
        given.conclude("service_level")
        return level


def _times(given: Permit, since: datetime, before: datetime) -> dict[int, int]:
    """How many answers took so many milliseconds; messages refused before anything was read do not count."""
    del given
    answered = models.Exchange.objects.filter(
        operation=Operation.REAL_TIME, received_at__gte=since, received_at__lt=before
    ).exclude(result=Result.REFUSED)
    counted = answered.filter(milliseconds__isnull=False).order_by().values_list("milliseconds")
    return {taken: count for taken, count in counted.annotate(count=Count("pk")) if taken is not None}


def _wanted(sought: Sought) -> Q:
    wanted = Q(
        **{
            name: value
            for name, value in (
                ("payload_id", sought.payload_id.strip().lower()),
                ("sender_id", sought.sender_id.strip()),
                ("machine_id", sought.machine_id),
                ("received_at__gte", sought.since),
                ("received_at__lt", sought.before),
                ("result", sought.result),
                ("operation", sought.operation),
            )
            if value
        }
    )
    number = sought.control_number.strip()
    if number:
        padded = number.rjust(9, "0")
        wanted &= Q(interchange=padded) | Q(our_interchange=padded)
    return wanted


def _exchange(row: models.Exchange, sets: tuple[SetNote, ...] = ()) -> Exchange:
    values = {name: getattr(row, name) for name in rows.ENTRY}
    values |= {"operation": Operation(row.operation), "result": Result(row.result), "sets": sets}
    return Exchange(number=row.pk, our_interchange=row.our_interchange, **values)


def _set_note(row: models.ExchangedSet) -> SetNote:
    return SetNote(**{name: getattr(row, name) for name in rows.OF_SET})
