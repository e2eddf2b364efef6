"""Which requests a permit reaches.

Those of which one of its tax IDs and providers is a party, in its lines.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.authorizations import models
from portico.domains.authorizations.facts.requested import Role
from portico.domains.permits import scoping
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Reach, Scope

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


def at_work_on(given: Permit) -> "QuerySet[models.Authorization]":
    """Those of them that it asked for, does, or does in its house: a PCP reads, and owes nothing."""
    role = models.Party.Role
    return models.Authorization.objects.filter(
        _party(scoping.q(given, **_FIELDS) & Q(role__in=(role.REQUESTING, role.SERVICING, role.FACILITY)))
    )


def parties_anywhere(given: Permit) -> "QuerySet[models.Party]":
    """As which parties the same actor reaches requests, wherever it may look."""
    return models.Party.objects.filter(scoping.beyond(given, **_FIELDS))


def stands_as(given: Permit, tax_id: str, roles: Iterable[Role]) -> Exists:
    """Whether this tax ID stands in the outer request in one of these roles, as far as `given` reaches."""
    as_one = Q(tax_id=tax_id, role__in=sorted(roles))
    return _party(scoping.q(given, **_FIELDS) & as_one)


def own_parties(scope: Scope, parties: Iterable[models.Party]) -> tuple[models.Party, ...]:
    """Those of a request's parties that a scope reaches: as what its holder stands in it.

    None for the plan.
    """
    return tuple(party for party in parties if any(_holds(reach, party) for reach in scope.reaches))


def roles(given: Permit, parties: Iterable[models.Party]) -> frozenset[Role]:
    """The roles in which `given` reaches a request, told from its parties."""
    return frozenset(Role(party.role) for party in own_parties(given.scope, parties))


def _holds(reach: Reach, party: models.Party) -> bool:
    return (
        party.tax_id in reach.tax_ids
        and (reach.lines is None or party.line in reach.lines)
        and (reach.providers is None or party.npi in reach.providers)
    )


def _party(wanted: Q) -> Exists:
    return Exists(models.Party.objects.filter(wanted, authorization=OuterRef("pk")))
