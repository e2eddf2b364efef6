"""Actors who ask and rows to ask about, made by plain functions; every name and number is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from django.conf import settings

from portico.domains.members import models, people
from portico.domains.members.asked import ByMemberId, Inquiry, SearchBy
from portico.domains.permits.actors import (
    Account,
    Actor,
    ActorKind,
    Door,
    Grant,
    Held,
    PersonaKind,
    Standing,
    system_actor,
)
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue, freshness
from portico.domains.plan.freshness import Feed
from portico.shared import names
from portico.shared.periods import Period

TODAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
DATA_AT = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
OURS, ALSO_OURS, IN_OUR_GROUP, STRANGERS = "001111111", "001111112", "002222222", "003333333"
OFFICE_ID = 41
HMO, PPO, MEDI_CAL = "employer-hmo", "employer-ppo", "medi-cal"
THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SINCE_2020 = Period(date(2020, 1, 1))

_numbers = count(1)


def loader() -> Actor:
    """The system, as a loader asks."""
    return system_actor("tests", asked_at=AT, today=TODAY)


def grant(
    function: Function, *, lines: frozenset[str] | None = None, tax_ids: tuple[str, ...] = (OURS,)
) -> Grant:
    """A grant that began long ago."""
    return Grant(next(_numbers), function, frozenset(tax_ids), SINCE_2020, lines=lines)


def front_desk(
    *,
    lines: frozenset[str] | None = None,
    functions: tuple[Function, ...] = (Function.ELIGIBILITY, Function.BENEFITS),
    tax_ids: tuple[str, ...] = (OURS,),
    persona_id: int = 7,
    office_id: int = OFFICE_ID,
    asked_at: datetime = AT,
) -> Actor:
    """An end user of our office who holds these functions for one of its two tax IDs."""
    own = frozenset((OURS, ALSO_OURS))
    return Actor(
        kind=ActorKind.PERSONA,
        door=Door.WEB,
        asked_at=asked_at,
        today=TODAY,
        user_id=persona_id * 10,
        persona_id=persona_id,
        persona_kind=PersonaKind.END_USER,
        office_id=office_id,
        account=Account(),
        standing=Standing(tax_ids=own, participating=own),
        held=Held([grant(function, lines=lines, tax_ids=tax_ids) for function in functions]),
    )


def administrator() -> Actor:
    """The office's administrator, who reaches no PHI."""
    return replace(front_desk(persona_id=8), persona_kind=PersonaKind.ADMINISTRATOR)


def plan_staff(desk: Desk = Desk.MEMBER_SERVICES) -> Actor:
    """A person of the plan's own staff."""
    return replace(
        front_desk(persona_id=9, functions=()),
        persona_kind=PersonaKind.PLAN_STAFF,
        desk=desk,
        office_id=None,
        standing=Standing(),
    )


def inquiry(
    by: SearchBy | str, *, as_of: date = TODAY, line: str | None = None, tax_id: str = OURS
) -> Inquiry:
    """An inquiry of our office; a text stands for a member ID."""
    return Inquiry(tax_id=tax_id, as_of=as_of, by=ByMemberId(by) if isinstance(by, str) else by, line=line)


def a_plan() -> None:
    """The plan's lines of business, and an enrolment feed true as of this morning."""
    lines = [catalogue.Named(HMO, "HMO"), catalogue.Named(PPO, "PPO"), catalogue.Named(MEDI_CAL, "Medi-Cal")]
    identity = catalogue.Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org")
    catalogue.configure(actor=loader(), identity=identity, lines=lines, regions=[])
    with permit(loader(), Function.LOADING) as given:
        for feed in Feed:
            freshness.note(given, feed=feed, as_of=DATA_AT)


def a_member(member_id: str = "N1000", **facts: Any) -> models.Member:
    """Somebody; `ssn` is sealed and indexed, names get their keys."""
    ssn = facts.pop("ssn", "")
    told: dict[str, Any] = {
        "last_name": "Okafor",
        "first_name": "Adaeze",
        "birth_date": date(1984, 5, 6),
        "subscriber_number": f"S{member_id}",
        "changed_at": AT,
        **facts,
    }
    told |= {"last_key": names.key(told["last_name"]), "first_key": names.key(told["first_name"])}
    if ssn:
        vault = settings.PORTICO_VAULT
        told["ssn_sealed"] = vault.seal(ssn, place=people.ssn_place(member_id))
        told["ssn_index"] = vault.index(ssn, purpose="ssn")
    return models.Member.objects.create(member_id=member_id, **told)


def a_coverage(
    member: models.Member, line: str = HMO, period: Period = THIS_YEAR, **facts: Any
) -> models.Coverage:
    """A span of coverage this year in the HMO, unless said otherwise."""
    told: dict[str, Any] = {"plan_code": "7QX", "product": "HMO", "changed_at": AT, **facts}
    return models.Coverage.objects.create(
        member=member, line_id=line, first_on=period.first, last_on=period.last, **told
    )


def a_covered_member(member_id: str = "N1000", line: str = HMO, **facts: Any) -> models.Member:
    """Somebody covered this year."""
    member = a_member(member_id, **facts)
    a_coverage(member, line)
    return member


def a_version(
    plan_code: str = "7QX", line: str = HMO, period: Period = THIS_YEAR, name: str = "HMO Gold"
) -> models.PlanVersion:
    """A version of a benefit plan with amounts and two services, in network and out."""
    assert period.last is not None
    plan, _ = models.BenefitPlan.objects.get_or_create(code=plan_code, defaults={"line_id": line})
    version = models.PlanVersion.objects.create(
        plan=plan, name=name, product="HMO", first_on=period.first, last_on=period.last
    )
    models.PlanAmounts.objects.create(
        version=version,
        network="in",
        individual_deductible=Decimal(1500),
        family_deductible=Decimal(3000),
        individual_oop=Decimal(6500),
    )
    a_benefit(version, "98", "Primary care visit", copay=Decimal(25))
    a_benefit(version, "98", "Primary care visit", network="out", is_covered=False, position=1)
    a_benefit(
        version,
        "AE",
        "Physical therapy",
        copay=Decimal(40),
        position=2,
        limit_quantity=Decimal(12),
        limit_unit="visits",
        limit_period="year",
    )
    return version


def a_benefit(version: models.PlanVersion, service_type: str, name: str, **facts: Any) -> models.Benefit:
    """What a version pays for a service, in network unless said otherwise."""
    return models.Benefit.objects.create(
        version=version, service_type=service_type, service_name=name, **{"network": "in", **facts}
    )


def used(member: models.Member, kind: str, amount: int, **facts: Any) -> models.Accumulator:
    """So much is used this year, by the individual in network unless said otherwise."""
    told: dict[str, Any] = {
        "plan_code": "7QX",
        "scope": "individual",
        "network": "in",
        "first_on": THIS_YEAR.first,
        "last_on": THIS_YEAR.last,
        "as_of": date(2026, 3, 1),
        **facts,
    }
    return models.Accumulator.objects.create(member=member, kind=kind, used=Decimal(amount), **told)


def an_office(name: str = "Lakeside Family Practice", email: str = "office@example.org") -> None:
    """Our office with both its tax IDs."""
    office = _offices("Office").objects.create(
        pk=OFFICE_ID, key="lakeside", name=name, kind="physician", contact_email=email, created_at=AT
    )
    for number in (OURS, ALSO_OURS):
        _offices("TaxId").objects.update_or_create(number=number, defaults={"name": name, "office": office})


def a_provider(npi: str, tax_id: str, *, group: str = "", period: Period = SINCE_2020) -> None:
    """A physician who bills under a tax ID, through a medical group if one is named."""
    provider, _ = _offices("Provider").objects.get_or_create(
        npi=npi,
        defaults={
            "first_name": "Mei",
            "last_name": "Tran",
            "credential": "MD",
            "name_key": "TRAN",
            "specialty": "Family medicine",
        },
    )
    number, _ = _offices("TaxId").objects.get_or_create(number=tax_id, defaults={"name": f"Clinic {tax_id}"})
    through = None
    if group:
        through, _ = _offices("Group").objects.get_or_create(code=group, defaults={"name": f"Group {group}"})
    _offices("Affiliation").objects.create(
        provider=provider,
        tax_id=number,
        group=through,
        first_on=period.first,
        last_on=period.last,
        address="12 Lake St",
        city="Northlake",
        state="CA",
        postal_code="90001",
        telephone="555-0110",
    )


def a_pcp(member: models.Member, npi: str, tax_id: str, **facts: Any) -> models.PcpAssignment:
    """The member's PCP since last year."""
    told = {"first_on": date(2025, 7, 1), **facts}
    return models.PcpAssignment.objects.create(member=member, npi=npi, tax_id=tax_id, **told)


def last_use() -> Any:
    """The audit row written last."""
    return apps.get_model("audit", "Entry").objects.order_by("-pk").first()


def subjects_of(entry: Any) -> list[tuple[str, str]]:
    """Whom an audit row was about."""
    return list(entry.subjects.order_by("pk").values_list("kind", "identifier"))


def _offices(model: str) -> Any:
    return apps.get_model("offices", model)
