"""Contacts the plan has on file for those somebody works for: what identity can be proven against.

`accounts` stands below offices and knows neither; settings.CONTACTS_ON_FILE names `on_file` to it.
"""

from collections.abc import Collection, Mapping
from datetime import date

from portico.domains.access import models
from portico.domains.accounts.proving.proof_rules import Way
from portico.domains.accounts.proving.provers import Contact
from portico.domains.offices import contacts

_WAYS = {"email": Way.MAIL, "telephone": Way.TELEPHONE, "fax": Way.FAX}


def on_file(*, user_id: int | None, today: date) -> tuple[Contact, ...]:
    """The contacts of the offices the user works for and of their practices today, each once."""
    offices = models.Persona.objects.of(user_id).exclude(office=None)
    found = contacts.on_file(list(offices.values_list("office_id", flat=True)), on=today)
    return tuple(Contact(_WAYS[kind], value) for kind, value in found)


def offices_of(user_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of the offices these users work for, by user; somebody without one is absent. One query."""
    found: dict[int, tuple[str, ...]] = {}
    rows = models.Persona.objects.filter(user_id__in=user_ids, suspended_at=None, office__isnull=False)
    for user_id, name in rows.order_by("office__name").values_list("user_id", "office__name").distinct():
        found[user_id] = (*found.get(user_id, ()), name)
    return found
