"""A member's PCP on a day, described by the provider file, and where it stands to the office that asks."""

from datetime import date

from django.db.models import DateField, Q, QuerySet

from portico.domains.members import models, rules
from portico.domains.members.answers import Pcp, PcpStanding
from portico.domains.offices import providers
from portico.domains.permits.permit import Permit
from portico.shared import prepared
from portico.shared.prepared import Given


def on_day(given: Permit, member: models.Member, *, on: date) -> Pcp | None:
    """The PCP assigned on a day, seen from the tax ID `given` was asked for; None when there is none.

    At most four queries: assignment, provider, the office's tax IDs where the actor's own do not hold the
    one asked for, and its medical groups. A PCP the provider file does not know keeps the name the
    enrolment feed gave.
    """
    row = _ASSIGNED.first(member=member.pk, on=on)
    if row is None:
        return None
    known = providers.describe(row.npi, row.tax_id, on=on) if row.npi else None
    known = known or providers.Described(npi=row.npi, name=row.name, specialty="")
    tax_id = row.tax_id or known.tax_id
    return Pcp(
        name=known.name,
        npi=row.npi,
        tax_id=tax_id,
        office_name=known.tax_id_name,
        group_name=known.group_name,
        specialty=known.specialty,
        address=known.address,
        telephone=known.telephone,
        since=row.first_on,
        standing=_standing(given, tax_id, known.group_code, on),
        last_name=known.last_name,
        first_name=known.first_name,
    )


def _assigned() -> "QuerySet[models.PcpAssignment]":
    on = Given("on", DateField())
    in_force = Q(first_on__lte=on) & (Q(last_on__isnull=True) | Q(last_on__gte=on))
    return models.PcpAssignment.objects.filter(in_force, member=Given("member")).order_by("-first_on")[:1]


_ASSIGNED = prepared.Query(_assigned)


def _groups_of(office: frozenset[str], on: date) -> frozenset[str]:
    return prepared.once(("groups", office, on), lambda: providers.groups_of(office, on=on))


def _standing(given: Permit, tax_id: str, group: str, on: date) -> PcpStanding:
    asked, own = given.question.tax_id or "", given.actor.standing.tax_ids
    office = own if asked in own else providers.same_office(asked)
    groups = {group} - {""}
    is_elsewhere = bool(groups) and tax_id not in office
    office_groups = _groups_of(office, on) if is_elsewhere else frozenset()
    return rules.pcp_standing(
        tax_id=tax_id, office_tax_ids=office, groups=groups, office_groups=office_groups
    )
