"""Finds payments by number, day, tax ID and member, and shows one with its claims.

An office reaches a payment by its tax ID. Of its claims, whoever is limited to named providers or lines
sees those alone, and is told that it is a part. A payment of another office is as unknown as none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.claims import inquiries, models, payment_numbers, payment_reading, payment_views
from portico.domains.claims.payment_reading import PaymentNotFound as PaymentNotFound
from portico.domains.claims.payment_reading import claim as claim
from portico.domains.claims.payment_reading import explain as explain
from portico.domains.claims.payment_reading import read as read
from portico.domains.claims.payment_views import PaymentFacts
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared import pages
from portico.shared.pages import Page

PAGE = 25


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which payments; what is empty is left open, and both days count. `member_id` in canonical form."""

    number: str = ""
    tax_id: str = ""
    member_id: str = ""
    first: date | None = None
    last: date | None = None


class Nothing(StrEnum):
    """Why nothing was found; stable codes, from the asker's own grants and nothing else."""

    NOT_HERE = "not_here"
    OTHER_TAX_ID = "other_tax_id"
    OTHER_DAYS = "other_days"
    MEMBER_IN_NONE = "member_in_none"


@dataclass(frozen=True, slots=True)
class Found:
    """Payments, the latest first; `why_none` says why there are none on the first page."""

    wanted: Wanted
    page: Page[PaymentFacts]
    why_none: Nothing | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """An inquiry that was kept, and the one payment it finds by number, where it is one."""

    inquiry: UUID
    only: UUID | None = None


def ask(*, actor: Actor, wanted: Wanted) -> Kept:
    """Keep what is asked for. Raises NotPermitted."""
    with permit(actor, Function.REMITTANCE, tax_id=wanted.tax_id or None) as given:
        kept = inquiries.keep(given, about=inquiries.About.PAYMENTS, asked=_image(wanted))
        found = list(_rows(given, wanted)[:2]) if wanted.number else []
        given.conclude("asked")
        return Kept(kept, found[0].public_id if len(found) == 1 else None)


def found(*, actor: Actor, inquiry: UUID, after: str = "") -> Found:
    """What an inquiry finds now, page by page. Raises inquiries.InquiryNotFound, NotPermitted."""
    wanted = _wanted(inquiries.asked(actor, inquiry, about=inquiries.About.PAYMENTS))
    return find(actor=actor, wanted=wanted, after=after)


def find(*, actor: Actor, wanted: Wanted | None = None, after: str = "", size: int = PAGE) -> Found:
    """Payments, the latest first; `after` is the key of the page before. At most four queries.

    Raises NotPermitted.
    """
    wanted = wanted or Wanted()
    with permit(actor, Function.REMITTANCE, tax_id=wanted.tax_id or None) as given:
        rows = list(_older(_rows(given, wanted), after)[: size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: row.public_id.hex)
        given.conclude("payments_found" if rows else "not_found")
        shown = Page(tuple(map(payment_views.facts, cut.rows)), cut.next_key)
        return Found(wanted, shown, None if rows or after else _why_none(given, wanted))


def _rows(given: Permit, wanted: Wanted) -> "QuerySet[models.Payment]":
    asked = models.Payment.objects.filter(scoping.q(given, tax_id="tax_id"), _asked(wanted))
    if wanted.member_id:
        asked = asked.filter(_of_member(given, wanted.member_id))
    return asked.annotate(is_deposited=payment_reading.is_deposited()).order_by("-paid_on", "-pk")


def _asked(wanted: Wanted) -> Q:
    asked = Q()
    if wanted.number:
        asked &= Q(number_key=payment_numbers.key(wanted.number))
    if wanted.first:
        asked &= Q(paid_on__gte=wanted.first)
    if wanted.last:
        asked &= Q(paid_on__lte=wanted.last)
    return asked


def _of_member(given: Permit, member_id: str) -> Q:
    """The payments of claims of a member, or of everybody on a policy, as far as their claims may be seen.

    Two lists of payments, each read by an index of its own; put together within one, none would serve.
    """
    theirs = models.Claim.objects.filter(
        scoping.q(given, tax_id="tax_id", line="line", provider="provider_npi"),
        Q(member_id=member_id) | Q(subscriber_number=member_id),
    )
    in_reach = scoping.q(given, tax_id="payment__tax_id", line="line", provider="provider_npi")
    paid = models.ClaimPayment.objects.filter(in_reach)
    in_own_name, by_claim = paid.filter(member_id=member_id), paid.filter(claim__in=theirs)
    return Q(pk__in=in_own_name.values("payment_id")) | Q(pk__in=by_claim.values("payment_id"))


def _older(rows: "QuerySet[models.Payment]", after: str) -> "QuerySet[models.Payment]":
    """Those after the payment a page ended with; its key comes out of an address, where all may write."""
    try:
        last = rows.filter(public_id=UUID(after)).values_list("paid_on", "pk").first() if after else None
    except ValueError:
        last = None
    if last is None:
        return rows
    return rows.filter(Q(paid_on__lt=last[0]) | Q(paid_on=last[0], pk__lt=last[1]))


def _why_none(given: Permit, wanted: Wanted) -> Nothing:
    if wanted.tax_id and _is_elsewhere(given.actor, wanted):
        return Nothing.OTHER_TAX_ID
    open_days = Wanted(wanted.number, wanted.tax_id, wanted.member_id)
    if (wanted.first or wanted.last) and _rows(given, open_days).exists():
        return Nothing.OTHER_DAYS
    return Nothing.MEMBER_IN_NONE if wanted.member_id else Nothing.NOT_HERE


def _is_elsewhere(actor: Actor, wanted: Wanted) -> bool:
    """Is it under another tax ID of the asker's? Of a search for a member this tells nothing."""
    others = decide(actor, Question(Function.REMITTANCE)).scope.tax_ids() - {wanted.tax_id}
    if not others or wanted.member_id:
        return False
    return models.Payment.objects.filter(_asked(wanted), tax_id__in=sorted(others)).exists()


def _image(wanted: Wanted) -> dict[str, Any]:
    days = {"first": wanted.first, "last": wanted.last}
    return {
        "number": wanted.number,
        "tax_id": wanted.tax_id,
        "member_id": wanted.member_id,
        **{name: day.isoformat() for name, day in days.items() if day},
    }


def _wanted(image: Mapping[str, Any]) -> Wanted:
    days = {name: date.fromisoformat(image[name]) for name in ("first", "last") if name in image}
    return Wanted(image["number"], image["tax_id"], image["member_id"], **days)
