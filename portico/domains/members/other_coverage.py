"""The other payers of a member on a day, for coordination of benefits."""

from uuid import UUID

from django.db.models import DateField, Q, QuerySet

from portico.domains.members import models, visibility
from portico.domains.members.answers import OtherCoverageAnswer, OtherPayer
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.shared import prepared
from portico.shared.periods import Period
from portico.shared.prepared import Given

_ORDER = "PSTU"


def of(*, actor: Actor, lookup: UUID) -> OtherCoverageAnswer:
    """Who else pays on the day asked about, the primary first; a payer without dates always counts.

    Raises lookups.LookupNotFound, lookups.NotChosen, NotPermitted.
    """
    with visibility.look(actor=actor, lookup=lookup, function=Function.ELIGIBILITY) as look:
        told = answer(look.seen)
        look.given.conclude("other_coverage" if told.payers else "no_other_coverage")
        return told


def answer(seen: visibility.Seen) -> OtherCoverageAnswer:
    """The other payers of someone seen through an open permit. Two queries."""
    rows = _PAYERS.rows(member=seen.member.pk, on=seen.as_of)
    rows.sort(key=lambda row: (_ORDER.find(row.order) % 5, row.payer_name))
    return OtherCoverageAnswer(tuple(map(_payer, rows)), freshness.of().get(Feed.ENROLMENT))


def _payers() -> "QuerySet[models.OtherCoverage]":
    on = Given("on", DateField())
    begun = Q(first_on__isnull=True) | Q(first_on__lte=on)
    not_over = Q(last_on__isnull=True) | Q(last_on__gte=on)
    return models.OtherCoverage.objects.filter(begun, not_over, member=Given("member"))


_PAYERS = prepared.Query(_payers)


def _payer(row: models.OtherCoverage) -> OtherPayer:
    return OtherPayer(
        order=row.order,
        payer_name=row.payer_name,
        policy_number=row.policy_number,
        period=Period(row.first_on, row.last_on) if row.first_on else None,
        open_start=row.first_on is None,
    )
