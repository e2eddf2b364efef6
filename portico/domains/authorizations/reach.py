"""Which requests a permit reaches.

Those of which one of its tax IDs and providers is a party, in its lines.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.authorizations import models
from portico.domains.permits import scoping
from portico.domains.permits.permit import Permit

_FIELDS = {"tax_id": "tax_id", "line": "line", "provider": "npi"}


def reached(given: Permit) -> "QuerySet[models.Authorization]":
    """The requests `given` reaches: a requesting, servicing or PCP office's, or a facility's."""
    return models.Authorization.objects.filter(_party(scoping.q(given, **_FIELDS)))


def reached_under(given: Permit, tax_id: str) -> "QuerySet[models.Authorization]":
    """Those of them to which this tax ID is a party."""
    return models.Authorization.objects.filter(_party(scoping.q(given, **_FIELDS) & Q(tax_id=tax_id)))


def reached_anywhere(given: Permit) -> "QuerySet[models.Authorization]":
    """Those the same actor reaches wherever it may look, for hints."""
    return models.Authorization.objects.filter(_party(scoping.beyond(given, **_FIELDS)))


def asked_by(given: Permit) -> "QuerySet[models.Authorization]":
    """Those of them that were asked under a tax ID of the permit: it may change what others only read."""
    return models.Authorization.objects.filter(
        _party(scoping.q(given, **_FIELDS) & Q(role=models.Party.Role.REQUESTING))
    )


def _party(wanted: Q) -> Exists:
    return Exists(models.Party.objects.filter(wanted, authorization=OuterRef("pk")))
