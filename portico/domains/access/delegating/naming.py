"""What people of an office are called, for lists that tell who did something there."""

from collections.abc import Collection, Mapping

from portico.domains.access import models


def names(office_ids: Collection[int], user_ids: Collection[int | None]) -> Mapping[int, str]:
    """The names of these users, of those who work or worked for one of the offices; others are absent.

    One query.
    """
    rows = models.Persona.objects.filter(office__in=office_ids, user__in=[each for each in user_ids if each])
    found = rows.values_list("user_id", "user__first_name", "user__last_name").distinct()
    return {number: f"{first} {last}".strip() for number, first, last in found}
