"""What the plan has set for authorizations today: how many rules of each kind are in force."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from portico.domains.authorizations import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Overview:
    """Rules in force today: those that approve or pend, clocks the plan set, questionnaires published."""

    approval_rules: int
    clock_rules: int
    questionnaires: int


def overview(*, actor: Actor) -> Overview:
    """How many there are. Three queries. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        asked = models.Questionnaire.objects.filter(published_at__isnull=False)
        found = Overview(
            approval_rules=models.ApprovalRule.objects.filter(_in_force(actor.today)).count(),
            clock_rules=models.ClockRule.objects.filter(_in_force(actor.today)).count(),
            questionnaires=asked.order_by().values("key").distinct().count(),
        )
        given.conclude("authorization_rules_shown")
        return found


def _in_force(on: date) -> Q:
    return Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))
