"""Finds requests: a question is kept under an opaque id, then asked page by page, one audit row each time."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from portico.domains.authorizations import inquiries, matching, models, reach, views
from portico.domains.authorizations.asked import Asked, Found, NoAuthorizations, NothingFound
from portico.domains.authorizations.inquiries import InquiryNotFound as InquiryNotFound
from portico.domains.members import by_ssn
from portico.domains.members.asked import NotAnswered
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit, require
from portico.shared import pages

PAGE = 25
_MOST_HINTS = 200
Members = Collection[str] | None


def ask(*, actor: Actor, asked: Asked) -> UUID:
    """Keep a question, to be answered by `find`; its opaque id stands in the address.

    Nothing is looked at yet, so it is no use of the function: that is decided, scoped and audited when it is
    answered. A question that would be refused is refused at once. Raises NotPermitted.
    """
    require(actor, Function.AUTHORIZATION_INQUIRY, tax_id=asked.tax_id, line=asked.line or None)
    return inquiries.keep(actor, asked)


def asked_in(*, actor: Actor, inquiry: UUID) -> Asked:
    """What an own question asks. Raises InquiryNotFound."""
    return inquiries.asked(actor, inquiry)


def find(*, actor: Actor, asked: Asked, after: str = "", size: int = PAGE) -> Found | NothingFound:
    """The requests meant, or why there is none; `after` is the key of the page before.

    A request to which no office of the actor is a party is not found, in the same words and by the same work
    as what there is not: the hints are made of the actor's own grants alone. Raises NotPermitted, and
    identifiers.BadIdentifier for what cannot be an SSN.
    """
    with permit(actor, Function.AUTHORIZATION_INQUIRY, tax_id=asked.tax_id, line=asked.line or None) as given:
        if not asked.is_enough:
            return _not_searched(given, NoAuthorizations.NOT_ENOUGH)
        members = _members(given, asked)
        if isinstance(members, NotAnswered):
            return replace(_not_searched(given, NoAuthorizations(members.reason)), again_at=members.again_at)
        found = _after(given, matching.rows(given, asked, members), after)
        page = pages.cut(list(found[: size + 1]), size=size, key_of=lambda row: str(row.public_id))
        if page.rows:
            return Found(shown(given, page.rows), page.next_key, given.reference)
        if asked.ssn and asked.birth_date:
            by_ssn.missed(given, asked.ssn, asked.birth_date)
        return nothing(given, asked, members)


def shown(given: Permit, rows: "Collection[models.Authorization]") -> "tuple[views.Listed, ...]":
    """The requests as a list shows them, each said in the audit, and whose it is."""
    for row in rows:
        given.note_subject("member", row.member_id)
        given.note_subject("authorization", row.number)
    given.conclude("found")
    return views.listed(given, rows)


def nothing(given: Permit, asked: Asked, members: Members = None) -> NothingFound:
    """Why there is nothing, and where else something is. At most five queries."""
    days, states = _other_days(given, asked, members), _other(given, asked, members, "state")
    kinds, lines = _other(given, asked, members, "kind"), _other_lines(given, asked, members)
    tax_ids = _other_tax_ids(given, asked, members)
    told = (
        (NoAuthorizations.OUT_OF_RANGE, days != (None, None)),
        (NoAuthorizations.OTHER_STATE, bool(states)),
        (NoAuthorizations.OTHER_KIND, bool(kinds)),
        (NoAuthorizations.OTHER_LINE, bool(lines)),
        (NoAuthorizations.OTHER_TAX_ID, bool(tax_ids)),
    )
    reasons = tuple(reason for reason, holds in told if holds) or (NoAuthorizations.NOT_RECEIVED,)
    given.conclude("not_found")
    return NothingFound(reasons, tax_ids, lines, states, kinds, days[0], days[1], reference=given.reference)


def _not_searched(given: Permit, reason: NoAuthorizations) -> NothingFound:
    given.conclude(reason)
    return NothingFound((reason,), reference=given.reference)


def _members(given: Permit, asked: Asked) -> tuple[str, ...] | NotAnswered | None:
    """Whom an SSN means; None where none was given."""
    if not asked.ssn or asked.birth_date is None:
        return None
    return by_ssn.member_ids(given, asked.ssn, asked.birth_date)


def _after(
    given: Permit, found: "QuerySet[models.Authorization]", key: str
) -> "QuerySet[models.Authorization]":
    """What follows a request of the page before; a key that is none begins anew."""
    last = _number(key)
    row = last and reach.reached(given).filter(public_id=last).first()
    if not row:
        return found
    earlier = Q(received_at__lt=row.received_at) | Q(received_at=row.received_at, pk__lt=row.pk)
    return found.filter(earlier, received_at__lte=row.received_at)


def _other_days(given: Permit, asked: Asked, members: Members) -> tuple[date | None, date | None]:
    if not asked.names_somebody or (asked.first_on is None and asked.last_on is None):
        return (None, None)
    found = matching.rows(given, replace(asked, first_on=None, last_on=None), members).order_by()
    ends = found.aggregate(first=Min("first_on"), last=Max("first_on"))
    return (ends["first"], ends["last"])


def _other(given: Permit, asked: Asked, members: Members, column: str) -> tuple[str, ...]:
    """The states or the kinds there are where another was asked for."""
    if not getattr(asked, column):
        return ()
    wider = replace(asked, state="") if column == "state" else replace(asked, kind="")
    found = matching.rows(given, wider, members).order_by().values_list(column)
    return tuple(sorted({str(value) for (value,) in found[:_MOST_HINTS]}))


def _other_lines(given: Permit, asked: Asked, members: Members) -> tuple[str, ...]:
    if not asked.names_somebody or not asked.line:
        return ()
    found = reach.reached_anywhere(given).filter(matching.named(asked, members)).values_list("line_id")
    return tuple(sorted({str(line) for (line,) in found[:_MOST_HINTS]}))


def _other_tax_ids(given: Permit, asked: Asked, members: Members) -> tuple[str, ...]:
    """The actor's other tax IDs that are a party to what was named."""
    if not asked.names_somebody:
        return ()
    meant = matching.named(asked, members) & matching.within_days(asked) & matching.in_state(asked)
    found = reach.reached_anywhere(given).filter(meant & matching.in_kind(asked))
    parties = reach.parties_anywhere(given).filter(authorization__in=found).exclude(tax_id=asked.tax_id)
    return tuple(sorted(set(parties.values_list("tax_id", flat=True)[:_MOST_HINTS])))


def _number(key: str) -> UUID | None:
    """The id a key stands for; anybody may write anything into an address."""
    try:
        return UUID(key)
    except ValueError:
        return None
