"""What the offices of a request hear of it: notices in the portal that name the request and no patient."""

from collections.abc import Collection
from typing import Final

from portico.domains.authorizations import models
from portico.domains.notifications import notices
from portico.domains.offices import account_tax_ids
from portico.domains.permits.permit import Permit

DECIDED: Final = "authorization_decided"
ASKED: Final = "authorization_asked"
WITHDRAWN: Final = "authorization_question_withdrawn"
LAPSED: Final = "authorization_question_lapsed"
EXTENDED: Final = "authorization_clock_extended"
SENT_TO_YOU: Final = "authorization_sent_to_you"
CHANGED: Final = "authorization_changed"
CANCELLED: Final = "authorization_cancelled"
_Role = models.Party.Role
BOTH_SIDES: Final = (_Role.REQUESTING, _Role.SERVICING, _Role.FACILITY)
DOING: Final = (_Role.SERVICING, _Role.FACILITY)


def offices(
    given: Permit,
    row: models.Authorization,
    kind: str,
    *,
    roles: Collection[models.Party.Role] = BOTH_SIDES,
    others_only: bool = False,
) -> None:
    """A notice of that kind to each office that is a party in one of these roles. Two queries, and one each.

    It reaches those who work under the party's tax ID. `others_only`: the office of whoever acts knows.
    """
    parties = models.Party.objects.filter(authorization=row, role__in=list(roles)).order_by("pk")
    tax_ids = list(dict.fromkeys(parties.values_list("tax_id", flat=True)))
    found = account_tax_ids.offices_of(tax_ids)
    told: dict[int, str] = {}
    for tax_id in tax_ids:
        if tax_id in found:
            told.setdefault(found[tax_id], tax_id)
    context = {"authorization": str(row.public_id), "number": row.number}
    if others_only and given.actor.office_id is not None:
        told.pop(given.actor.office_id, None)
    for office_id, tax_id in told.items():
        notices.tell_office(
            office_id=office_id, kind=kind, context=context, now=given.actor.asked_at, tax_id=tax_id
        )
