"""Which offices with an account bill under tax IDs."""

from collections.abc import Collection

from portico.domains.offices import models

_AT_ONCE = 500


def offices_of(numbers: Collection[str]) -> dict[str, int]:
    """The number of the office, by tax ID; one that has no account is absent. A query for each 500."""
    wanted = sorted(set(numbers))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = models.TaxId.objects.filter(number__in=wanted[start : start + _AT_ONCE], office__isnull=False)
        found.update((number, office or 0) for number, office in rows.values_list("number", "office_id"))
    return found
