"""What a member or the family has used so far: the accumulator extract, read for one member on one day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import CharField, DateField, Q, QuerySet

from portico.domains.members import models
from portico.shared import prepared
from portico.shared.prepared import Given

FAMILY = "family"
LIMIT = "limit"


def rows(member: models.Member, *, plan_code: str, on: date, limits: bool) -> list[models.Accumulator]:
    """The member's accumulators of a plan whose period holds the day, limits or else amounts. One query.

    A family amount that the extract tells of another person on the policy counts for the member as well.
    The member's own rows come first, then the newest.
    """
    asked = _LIMITS if limits else _AMOUNTS
    found = asked.rows(
        member=member.pk, subscriber_number=member.subscriber_number, plan_code=plan_code, on=on
    )
    return sorted(found, key=lambda row: (row.member_id == member.pk, row.as_of), reverse=True)


def _told() -> "QuerySet[models.Accumulator]":
    """By policy first: a member's own rows are among its policy's, and an index leads to them."""
    on, plan_code = Given("on", DateField()), Given("plan_code", CharField())
    of_policy = Q(member__subscriber_number=Given("subscriber_number", CharField()))
    own_or_family = Q(member=Given("member")) | Q(scope=FAMILY)
    in_force = models.Accumulator.objects.filter(first_on__lte=on, last_on__gte=on)
    return in_force.filter(of_policy, own_or_family, plan_code=plan_code)


_LIMITS = prepared.Query(lambda: _told().filter(kind=LIMIT))
_AMOUNTS = prepared.Query(lambda: _told().exclude(kind=LIMIT))


def first(
    found: Sequence[models.Accumulator], *, kind: str, network: str, scope: str = "", service_type: str = ""
) -> models.Accumulator | None:
    """The first of these rows for a kind and network; an empty scope stands for any."""
    return next(
        (
            row
            for row in found
            if (row.kind, row.network, row.service_type) == (kind, network, service_type)
            and scope in ("", row.scope)
        ),
        None,
    )
