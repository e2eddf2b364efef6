"""What the audit says of the last use."""

from typing import Any

from django.apps import apps


def last() -> Any:
    """The latest row of the audit."""
    return apps.get_model("audit", "Entry").objects.latest("pk")


def last_row() -> tuple[str, str, str]:
    """Function, outcome and conclusion of the latest use."""
    row = last()
    return row.function, row.outcome, row.conclusion


def subjects() -> list[tuple[str, str]]:
    """What the latest use was about, in order."""
    return list(last().subjects.order_by("pk").values_list("kind", "identifier"))
