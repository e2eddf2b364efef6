"""What tables of members share: the promise of a period, and a line of business without an index."""

from django.db import models
from django.db.models import F, Q

ENDS_AFTER_START = Q(last_on__isnull=True) | Q(last_on__gte=F("first_on"))


def line() -> "models.ForeignKey[object, object]":
    """A line of business, without an index: over few values one slows loads and misleads planners."""
    return models.ForeignKey(
        "plan.LineOfBusiness",
        to_field="code",
        db_column="line",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
