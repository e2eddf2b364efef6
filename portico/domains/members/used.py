"""What a member or the family has used so far: the accumulator extract, read for one member on one day."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from portico.domains.members import models

FAMILY = "family"
LIMIT = "limit"


def rows(member: models.Member, *, plan_code: str, on: date, limits: bool) -> list[models.Accumulator]:
    """The member's accumulators of a plan whose period holds the day, limits or else amounts. One query.

    A family amount that the extract tells of another person on the policy counts for the member as well.
    The member's own rows come first, then the newest.
    """
    of_family = Q(member__subscriber_number=member.subscriber_number, scope=FAMILY)
    found = models.Accumulator.objects.filter(
        Q(member=member) | of_family, plan_code=plan_code, first_on__lte=on, last_on__gte=on
    )
    found = found.filter(kind=LIMIT) if limits else found.exclude(kind=LIMIT)
    return sorted(found, key=lambda row: (row.member_id == member.pk, row.as_of), reverse=True)


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
