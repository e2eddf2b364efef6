"""One claim with all that hangs on it: lines, what happened, deadlines, decisions and the policies behind."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db.models import Q

from portico.domains.claims import deadlines, finding, matching, models, policies, timeline, views
from portico.domains.claims.answers import ClaimPage, Decision, LineFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

MOST_RELATED = 20


class ClaimNotFound(LookupError):
    """There is no such claim, as far as the asking persona may see."""


def read(*, actor: Actor, claim: UUID) -> ClaimPage:
    """A claim. One of another tax ID, line or provider is as unknown as one that never was.

    A constant number of queries. Raises ClaimNotFound, NotPermitted.
    """
    with opened(actor, claim) as (given, row):
        finding.note(given, [row])
        return _page(given, row)


@contextmanager
def opened(actor: Actor, claim: UUID) -> Iterator[tuple[Permit, models.Claim]]:
    """A claim that may be seen, through a permit for its tax ID. Raises ClaimNotFound, NotPermitted."""
    tax_id = _tax_id_within(actor, claim)
    with permit(actor, Function.CLAIMS_INQUIRY, tax_id=tax_id) as given:
        found = models.Claim.objects.select_related("payment").filter(matching.reached(given))
        row = found.filter(public_id=claim).first() if tax_id else None
        if row is not None:
            yield given, row
            return
        given.conclude("not_found")
    raise ClaimNotFound


def _tax_id_within(actor: Actor, claim: UUID) -> str | None:
    """The claim's tax ID where the function is open for it; None else, so that no refusal tells of it."""
    open_to = decide(actor, Question(Function.CLAIMS_INQUIRY)).scope.tax_ids()
    tax_id = models.Claim.objects.filter(public_id=claim).values_list("tax_id", flat=True).first()
    return tax_id if tax_id in open_to else None


def _page(given: Permit, row: models.Claim) -> ClaimPage:
    actor, calendar = given.actor, deadlines.calendar([row.tax_id])
    lines = tuple(views.line(each) for each in row.lines.all())
    opens = views.opens_payments(given, row.tax_id)
    happened = timeline.of(row)
    found = calendar.of(timeline.course(row, happened), today=actor.today)
    return ClaimPage(
        claim=views.facts(given, row, calendar, opens_payments=opens),
        lines=lines,
        diagnoses=tuple(row.diagnoses),
        drg=row.drg,
        authorization_number=row.authorization_number,
        tracking_number=row.tracking_number,
        timeline=happened,
        deadlines=deadlines.titled(found, at=actor.asked_at, today=actor.today),
        decisions=_decisions(row, opens=opens),
        policies=policies.behind(given, codes_of(row, lines), line=row.line_id),
        related=tuple(_related(given, row)),
        data_as_of=finding.as_of(),
        reference=given.reference,
    )


def codes_of(row: models.Claim, lines: Sequence[LineFacts]) -> frozenset[tuple[str, str]]:
    """Every code that stands on a claim and its lines, by its kind."""
    carc = {(policies.CARC, each.reason) for line in lines for each in line.adjustments}
    carc |= {(policies.CARC, each.reason) for each in views.adjusted(row.adjustments)}
    rarc = {(policies.RARC, code) for line in lines for code in line.remarks}
    rarc |= {(policies.RARC, code) for code in row.remarks}
    pend = {(policies.PEND, row.pend_reason)} if row.pend_reason else set()
    return frozenset(carc | rarc | pend)


def _decisions(row: models.Claim, *, opens: bool) -> tuple[Decision, ...]:
    """What each payment decided about it, the first one first."""
    found = models.ClaimPayment.objects.filter(claim=row).select_related("payment")
    return tuple(
        Decision(
            views.payment_of(each.payment, opens=opens),
            each.status,
            each.billed,
            each.paid,
            each.member_share,
        )
        for each in found.order_by("payment__paid_on", "pk")
    )


def _related(given: Permit, row: models.Claim) -> Iterator[tuple[str, UUID]]:
    """The claims that this one corrects, or that correct it, as far as the permit reaches."""
    kin = Q(replaces=row.claim_number)
    kin |= Q(claim_number=row.replaces) if row.replaces else Q()
    found = models.Claim.objects.filter(matching.reached(given), kin).exclude(pk=row.pk)
    yield from found.order_by("received_on", "pk").values_list("claim_number", "public_id")[:MOST_RELATED]
