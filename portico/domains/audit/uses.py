"""When something was last used, as the audit has it: for telling what nobody needs."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from django.db.models import Max

from portico.domains.audit.models import Entry
from portico.domains.audit.recording import Outcome

GLANCED: Final = "glanced"
"""How a look for the list of what is owed ends. Every home page asks for it unasked: it proves no need."""


def last_by_persona(
    user_ids: Collection[int], persona_ids: Collection[int], *, since: datetime
) -> Mapping[tuple[int, str], datetime]:
    """When each of these personas last used each function since then: the instant, by persona and function.

    `user_ids` are the users who have them. What was refused is no use, nor what a first page looked up by
    itself (GLANCED); what was not used is absent. One query.
    """
    entries = Entry.objects.filter(
        user_id__in=user_ids, persona_id__in=persona_ids, at__gte=since, outcome=Outcome.ALLOWED
    )
    rows = (
        entries.exclude(conclusion=GLANCED)
        .order_by()
        .values_list("persona_id", "function")
        .annotate(last=Max("at"))
    )
    return {(persona_id, function): last for persona_id, function, last in rows if persona_id is not None}
