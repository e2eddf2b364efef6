"""Finds claims: a question is kept under an opaque id, then asked page by page, one audit row each time."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from portico.domains.claims import asked_content, deadlines, inquiries, matching, models, views
from portico.domains.claims.answers import Found
from portico.domains.claims.asked import Asked, Lines, NoClaims, NothingFound
from portico.domains.claims.inquiries import About
from portico.domains.claims.inquiries import InquiryNotFound as InquiryNotFound
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit, require
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import pages

PAGE = 25


def ask(*, actor: Actor, asked: Asked) -> UUID:
    """Keep a question, to be answered by `find`; its opaque id stands in the address.

    Nothing is looked at yet, so it is no use of the function: that is decided, scoped and audited when it is
    answered. A question that would be refused is refused at once. Raises NotPermitted.
    """
    require(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None)
    return inquiries.keep_for(actor, about=About.CLAIMS, asked=asked_content.image_of(asked))


def asked_in(*, actor: Actor, inquiry: UUID) -> Asked:
    """What an own question asks. Raises InquiryNotFound."""
    return asked_content.asked_of(inquiries.asked(actor, inquiry, about=About.CLAIMS))


def find(*, actor: Actor, asked: Asked, after: str = "", size: int = PAGE) -> Found | NothingFound:
    """The claims meant, or why there is none; `after` is the key of the page before.

    What lies outside the grants is not found, in the same words and by the same work as what there is not:
    the hints are made of the actor's own grants alone. Raises NotPermitted.
    """
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        if not asked.is_enough:
            given.conclude(NoClaims.NOT_ENOUGH)
            return NothingFound((NoClaims.NOT_ENOUGH,), reference=given.reference)
        found = matching.rows(given, asked)
        page = pages.cut(
            list(_after(given, found, after)[: size + 1]), size=size, key_of=lambda row: str(row.public_id)
        )
        if not page.rows:
            return nothing(given, asked)
        return _found(given, asked, page)


def nothing(given: Permit, asked: Asked) -> NothingFound:
    """Why there is nothing, and where else something is. At most four queries."""
    days, statuses = _other_days(given, asked), _other_statuses(given, asked)
    lines, tax_ids = _other_lines(given, asked), _other_tax_ids(given, asked)
    told = (
        (NoClaims.OUT_OF_RANGE, days != (None, None)),
        (NoClaims.OTHER_STATUS, bool(statuses)),
        (NoClaims.OTHER_LINE, bool(lines)),
        (NoClaims.OTHER_TAX_ID, bool(tax_ids)),
    )
    reasons = tuple(reason for reason, holds in told if holds) or (NoClaims.NOT_RECEIVED,)
    given.conclude("not_found")
    return NothingFound(
        reasons,
        tax_ids=tax_ids,
        lines=lines,
        statuses=statuses,
        earliest=days[0],
        latest=days[1],
        data_as_of=as_of(),
        reference=given.reference,
    )


def as_of() -> datetime | None:
    """As of when the plan's claims are true; None before the first load."""
    return freshness.of().get(Feed.CLAIMS)


def note(given: Permit, rows: "list[models.Claim] | tuple[models.Claim, ...]") -> None:
    """Say in the audit which claims were shown, and whose."""
    for row in rows:
        given.note_subject("member", row.member_id)
        given.note_subject("claim", row.claim_number)
    given.conclude("found")


def _found(given: Permit, asked: Asked, page: pages.Page[models.Claim]) -> Found:
    calendar = deadlines.calendar([asked.tax_id])
    opens = views.opens_payments(given, asked.tax_id)
    note(given, page.rows)
    told = tuple(views.facts(given, row, calendar, opens_payments=opens) for row in page.rows)
    return Found(told, page.next_key, as_of(), given.reference)


def _after(given: Permit, found: "QuerySet[models.Claim]", key: str) -> "QuerySet[models.Claim]":
    """What follows a claim of the page before; a key that is none begins anew."""
    last = _number(key)
    row = last and models.Claim.objects.filter(matching.reached(given), public_id=last).first()
    if not row:
        return found
    later = Q(first_on=row.first_on, pk__lt=row.pk)
    return found.filter(Q(first_on__lt=row.first_on) | later, first_on__lte=row.first_on)


def _other_days(given: Permit, asked: Asked) -> tuple[date | None, date | None]:
    if not asked.names_somebody or (asked.first_on is None and asked.last_on is None):
        return (None, None)
    found = matching.rows(given, replace(asked, first_on=None, last_on=None)).order_by()
    ends = found.aggregate(first=Min("first_on"), last=Max("first_on"))
    return (ends["first"], ends["last"])


def _other_statuses(given: Permit, asked: Asked) -> tuple[str, ...]:
    if not asked.status:
        return ()
    found = matching.rows(given, replace(asked, status="")).order_by()
    return tuple(sorted(set(found.values_list("status", flat=True)[:_MOST_HINTS])))


def _other_lines(given: Permit, asked: Asked) -> tuple[str, ...]:
    if not asked.names_somebody or (asked.lines is Lines.ALL and not asked.line):
        return ()
    wide = matching.wanted(replace(asked, lines=Lines.ALL, line=""))
    return _distinct(given, wide, "line")


def _other_tax_ids(given: Permit, asked: Asked) -> tuple[str, ...]:
    if not asked.names_somebody:
        return ()
    wide = matching.named(asked) & matching.within_days(asked) & matching.in_status(asked)
    return _distinct(given, wide & ~Q(tax_id=asked.tax_id), "tax_id")


_MOST_HINTS = 200


def _distinct(given: Permit, wanted: Q, column: str) -> tuple[str, ...]:
    found = models.Claim.objects.filter(matching.reached_anywhere(given), wanted)
    return tuple(sorted(set(found.values_list(column, flat=True)[:_MOST_HINTS])))


def _number(key: str) -> UUID | None:
    """The id a key stands for; anybody may write anything into an address."""
    try:
        return UUID(key)
    except ValueError:
        return None
