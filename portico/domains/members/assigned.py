"""How many members are assigned to tax IDs, by line and day: counts alone, for who measures against them."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Q

from portico.domains.members import models
from portico.domains.permits.permit import Permit

Assigned = Mapping[tuple[str, str, date], int]


def on_days(given: Permit, tax_ids: Collection[str], days: Collection[date]) -> Assigned:
    """How many members each of these tax IDs has as their PCP's, by (tax ID, line, day).

    Somebody counts where both the assignment and a coverage hold the day. One query a day.
    """
    del given
    found: dict[tuple[str, str, date], int] = {}
    for day in days:
        rows = models.PcpAssignment.objects.filter(
            _holds("", day), _holds("member__coverages__", day), tax_id__in=tax_ids
        )
        counted = rows.order_by().values_list("tax_id", "member__coverages__line")
        for tax_id, line, count in counted.annotate(count=Count("member", distinct=True)):
            found[(tax_id, line, day)] = count
    return found


def _holds(before: str, day: date) -> Q:
    ends = Q(**{f"{before}last_on": None}) | Q(**{f"{before}last_on__gte": day})
    return ends & Q(**{f"{before}first_on__lte": day})
