"""Who looks after something of an office: its administrators, and those with a function for some tax IDs."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import models, office_mails
from portico.domains.access.officers import presence
from portico.domains.notifications import notices
from portico.domains.notifications.rules import Fact
from portico.domains.offices import contacts
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

_TAX_ID = models.GrantLimit.Dimension.TAX_ID


def of(office_id: int, tax_ids: Collection[str], *, function: Function, on: date) -> Mapping[int, str]:
    """Their mail addresses by the number of the user, of those who can sign in. One query."""
    there = presence.administrators() | models.Persona.objects.filter(Exists(_holding(tax_ids, function, on)))
    rows = presence.able(there).filter(office_id=office_id)
    return dict(rows.order_by("user_id").values_list("user_id", "user__email"))


def tell(
    given: Permit,
    office_id: int,
    tax_ids: Collection[str],
    *,
    function: Function,
    kind: str,
    template: str,
    context: Mapping[str, str],
    facts: Mapping[str, Fact],
) -> None:
    """A notice of that kind to each of them; a mail of that template to them and to the office's contact."""
    there = of(office_id, tax_ids, function=function, on=given.actor.today)
    for user_id in there:
        notices.tell_user(user_id=user_id, kind=kind, context=context, now=given.actor.asked_at)
    to = {email.strip().lower() for email in there.values()}
    to |= {contact.email.strip().lower() for contact in contacts.of([office_id]).values()}
    office_mails.send(given, to - {""}, template, **facts)


def _holding(tax_ids: Collection[str], function: Function, on: date) -> "QuerySet[models.Grant]":
    """Grants of the function that run on that day and name one of the tax IDs, of the outer persona."""
    named = models.GrantLimit.objects.filter(
        grant=OuterRef("pk"), dimension=_TAX_ID, value__in=sorted(tax_ids)
    )
    return models.Grant.objects.filter(
        Exists(named),
        Q(last_on=None) | Q(last_on__gte=on),
        persona=OuterRef("pk"),
        function=function,
        state=models.Grant.State.ACTIVE,
        first_on__lte=on,
    )
