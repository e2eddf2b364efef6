"""Requests for tests as the use cases leave them, with parties, services, ledger and decisions.

Unless a test says otherwise they are Lakeside's own (`OWN`), for Zephyrine in the HMO, two days old:

service 1   12 visits of 97110, physical therapy (service type PT)      service 2   1 unit of 73721 (MRI)
partly      8 of the 12 visits approved, the other denied               denied      both
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from portico.domains.authorizations import models, numbers, sealing
from portico.domains.authorizations.facts.requested import Kind, PartySent, Request, ServiceSent, Unit
from portico.domains.authorizations.models import (
    ApprovalRule,
    Authorization,
    ClockRule,
    Event,
    Party,
    Service,
)
from portico.domains.members.asked import ByMemberId, WhichId
from portico.shared import names, references
from tests.support import patients
from tests.support.actors import NOW, TODAY
from tests.support.cast import HMO, OWN

RECEIVED_AT = NOW - timedelta(days=2)
FIRST_ON, LAST_ON = TODAY + timedelta(days=4), TODAY + timedelta(days=60)
REASON_CODE, CRITERIA = "not_medically_necessary", "Northlake therapy policy 12.3"
REASON = "Eight visits are enough to show whether therapy at home can go on from there."
ASKED = "Please send the therapist's last two progress notes."
URGENCY = "Waiting a week could cost the patient the use of the knee."
SERVICES: tuple[dict[str, Any], ...] = (
    {"service_type": "PT", "code": "97110", "quantity": Decimal(12), "unit": "VS"},
    {"service_type": "4", "code": "73721", "quantity": Decimal(1), "unit": "UN"},
)
Parties = Mapping[str, tuple[str, str]]
"""Tax ID and NPI by role."""


def in_review(number: str = "", **facts: Any) -> Authorization:
    """A standard request that the plan has to decide."""
    return _asked(number, **facts)


def pended(number: str = "", *, due_at: datetime | None = None, **facts: Any) -> Authorization:
    """A request that waits for the office: the plan asked for notes on the first service yesterday."""
    asked_at = NOW - timedelta(days=1)
    until = due_at or NOW + timedelta(days=3)
    row = _asked(number, state="pended", **facts)
    first = row.services.get(position=1)
    first.state = "pended"
    first.save()
    question = models.InformationRequest(
        authorization=row, service=first, kind="clinical_notes", asked_at=asked_at, due_at=until
    )
    question.text_sealed = _sealed(ASKED, "text", question)
    question.save()
    event(row, "asked", "plan", at=asked_at, code="clinical_notes", due_at=until)
    return row


def approved(number: str = "", **facts: Any) -> Authorization:
    """A request approved as asked for, yesterday."""
    row = _asked(number, state="approved", decided_at=_decided_at(), due_at=None, **facts)
    _decide(row, {service.position: "approved" for service in row.services.all()})
    return row


def partly(number: str = "", **facts: Any) -> Authorization:
    """A request of which 8 of 12 visits were approved, and the other service was denied."""
    row = _asked(number, state="partly", decided_at=_decided_at(), due_at=None, **facts)
    outcomes = dict.fromkeys((service.position for service in row.services.all()), "denied")
    _decide(row, {**outcomes, 1: "partly"})
    return row


def denied(number: str = "", **facts: Any) -> Authorization:
    """A request denied whole, yesterday, with code, words and criteria."""
    row = _asked(number, state="denied", decided_at=_decided_at(), due_at=None, **facts)
    _decide(row, {service.position: "denied" for service in row.services.all()})
    return row


def expedited(number: str = "", *, hours_left: int = 6, **facts: Any) -> Authorization:
    """An urgent request, six of its seventy-two hours left."""
    received_at = NOW + timedelta(hours=hours_left - 72)
    row = _asked(number, **{"level": "expedited", "received_at": received_at, **facts})
    row.urgency_sealed = _sealed(URGENCY, "urgency", row)
    row.save()
    return row


def referral(number: str = "", **facts: Any) -> Authorization:
    """A referral to a specialist, in review: three visits."""
    services = ({"service_type": "3", "quantity": Decimal(3), "unit": "VS"},)
    return _asked(number, **{"kind": "referral", "services": services, **facts})


def admission(number: str = "", **facts: Any) -> Authorization:
    """A notice of an admission, told ten hours after it, three days asked for; in review."""
    received_at = facts.pop("received_at", RECEIVED_AT)
    admitted_at = received_at - timedelta(hours=10)
    days = {"first_on": admitted_at.date(), "last_on": admitted_at.date() + timedelta(days=3)}
    services = ({"service_type": "48", "quantity": Decimal(3), "unit": "DY"},)
    told = {"kind": "admission", "admitted_at": admitted_at, "services": services, "place": "21", **days}
    return _asked(number, **{"received_at": received_at, **told, **facts})


def cancelled(number: str = "", **facts: Any) -> Authorization:
    """A request the office gave up."""
    row = _asked(number, state="cancelled", due_at=None, **facts)
    row.services.update(state="cancelled")
    event(row, "cancelled", "office", at=NOW - timedelta(hours=3))
    return row


def not_needed(number: str = "", **facts: Any) -> Authorization:
    """A request whose services need no authorization."""
    row = _asked(number, state="not_needed", due_at=None, **facts)
    row.services.update(state="not_needed", requirement="not_required")
    event(row, "determined", "system", code="not_needed")
    return row


def bare(number: str, *, received_at: datetime = RECEIVED_AT, **facts: Any) -> Authorization:
    """The row of a request alone: nothing happened to it, and no clock runs."""
    days = {"first_on": FIRST_ON, "last_on": LAST_ON, "received_at": received_at, "changed_at": received_at}
    return Authorization.objects.create(number=number, **{**_patient(), **days, **facts})


def clock_rule(kind: str = "standard", **facts: Any) -> ClockRule:
    """The rule a clock runs by: seven calendar days, or 72 hours, with one extension of 14 days."""
    amount, unit = (72, "hours") if kind == "expedited" else (7, "calendar")
    told = {
        "amount": amount,
        "unit": unit,
        "extension_days": 14,
        "is_law": True,
        "citation": "42 CFR 438.210",
    }
    made, _ = ClockRule.objects.get_or_create(
        kind=kind,
        line=facts.pop("line", ""),
        first_on=date(2025, 1, 1),
        defaults={**told, "citation": "42 CFR 438.210", **facts},
    )
    return made


def letter(row: Authorization) -> models.Letter:
    """A letter of approval of it, in few words."""
    held = models.Letter(authorization=row, kind="approval", made_at=NOW)
    words = {"title": "Your request is approved", "number": row.number, "written_on": "March 12, 2026"}
    content = {
        "letter": {**words, "to": [], "facts": [], "opening": "Approved.", "rows": [], "sections": []},
        "plan": "Northlake Health Plan",
        "telephone": "555-0100",
    }
    held.content_sealed = sealing.sealed_json(content, place=sealing.place(held, "content"))
    held.save()
    return held


def event(row: Authorization, kind: str, side: str, *, at: datetime | None = None, **facts: Any) -> Event:
    """Something that happened to it."""
    sequence = row.events.count() + 1
    when = at or row.received_at
    return Event.objects.create(
        authorization=row, sequence=sequence, kind=kind, side=side, at=when, door="web", **facts
    )


def _asked(
    number: str,
    *,
    services: Sequence[Mapping[str, Any]] = SERVICES,
    parties: Parties | None = None,
    clock: ClockRule | None = None,
    **facts: Any,
) -> Authorization:
    received_at: datetime = facts.get("received_at", RECEIVED_AT)
    level = facts.get("level", "standard")
    rule = clock or clock_rule(level)
    told: dict[str, Any] = {**_patient(), **_times(received_at, rule), **facts}
    row = Authorization.objects.create(
        number=number or numbers.new(lambda it: Authorization.objects.filter(number=it).exists()),
        clock=rule,
        service_type=told.pop("service_type", services[0].get("service_type", "")),
        **told,
    )
    for role, (tax_id, npi) in (parties or {"requesting": (OWN, patients.NPI)}).items():
        party(row, role, tax_id, npi)
    for position, service in enumerate(services, 1):
        _service(row, position, service)
    if row.kind == "admission":
        event(row, "admitted", "office", at=row.admitted_at)
    event(row, "received", "office", at=received_at, due_at=received_at + _runs(rule))
    return row


def party(row: Authorization, role: str, tax_id: str, npi: str, **facts: Any) -> Party:
    """An office that may see it."""
    told = {"name": "Mei Tran", "specialty": "207Q00000X", "in_network": True, **facts}
    return Party.objects.create(
        authorization=row, role=role, tax_id=tax_id, npi=npi, line=row.line_id, **told
    )


def _patient() -> dict[str, Any]:
    return {
        "kind": "authorization",
        "line_id": HMO,
        "plan_code": patients.HMO_CODE,
        "member_id": patients.ZEPHYRINE,
        "subscriber_number": f"S{patients.ZEPHYRINE}",
        "patient_last_name": "Quillfeather",
        "patient_first_name": "Zephyrine",
        "patient_last_key": names.key("Quillfeather"),
        "patient_birth_date": date(1984, 5, 6),
        "place": "11",
        "diagnoses": ["M2391"],
        "contact_name": "Fay Desk",
        "contact_telephone": "5550100",
        "door": "web",
    }


def _times(received_at: datetime, rule: ClockRule) -> dict[str, Any]:
    return {
        "first_on": FIRST_ON,
        "last_on": LAST_ON,
        "received_at": received_at,
        "due_at": received_at + _runs(rule),
        "changed_at": received_at,
    }


def _runs(rule: ClockRule) -> timedelta:
    return timedelta(hours=rule.amount) if rule.unit == "hours" else timedelta(days=rule.amount)


def _service(row: Authorization, position: int, service: Mapping[str, Any]) -> Service:
    system = "procedure" if service.get("code") else "service_type"
    told = {"system": system, "first_on": row.first_on, "last_on": row.last_on, "requirement": "required"}
    return Service.objects.create(authorization=row, position=position, **{**told, **service})


def _decided_at() -> datetime:
    return NOW - timedelta(days=1)


def _decide(row: Authorization, outcomes: Mapping[int, str]) -> models.Decision:
    """The decision of these services, as it stands in their rows, its own rows and the ledger."""
    assert row.decided_at is not None
    told = {"basis": "first", "side": "plan", "decider": "Dr. Ann Okafor", "decided_at": row.decided_at}
    made = models.Decision.objects.create(
        authorization=row, outcome=row.state, reference=references.new()[:16], **told
    )
    for service in row.services.all():
        _settle(made, service, outcomes[service.position])
    event(row, "decided", "plan", at=row.decided_at, code=row.state, basis="first")
    return made


def _settle(decision: models.Decision, service: Service, outcome: str) -> None:
    service.state = outcome
    told: dict[str, Any] = {}
    if outcome in ("approved", "partly"):
        service.approved_quantity = service.quantity if outcome == "approved" else Decimal(8)
        service.approved_first_on, service.approved_last_on = service.first_on, service.last_on
        told = {"quantity": service.approved_quantity, "first_on": service.first_on}
        told["last_on"] = service.last_on
    if outcome in ("partly", "denied"):
        service.reason_code, service.reason_text = REASON_CODE, REASON
        told |= {"reason_code": REASON_CODE, "reason_text": REASON, "criteria": CRITERIA}
    service.save()
    models.ServiceDecision.objects.create(decision=decision, service=service, outcome=outcome, **told)


def _sealed(text: str, column: str, row: Any) -> bytes:
    return sealing.sealed(text, place=sealing.place(row, column))


def asked(**changes: Any) -> Request:
    """What an office sends: 12 visits of 97110 for Zephyrine, by Mei Tran under Lakeside's tax ID."""
    service = ServiceSent(Decimal(12), Unit.VISITS, FIRST_ON, LAST_ON, "PT", code="97110")
    told: dict[str, Any] = {
        "kind": Kind.AUTHORIZATION,
        "tax_id": OWN,
        "patient": ByMemberId(patients.ZEPHYRINE, WhichId.OWN),
        "requesting": PartySent(patients.NPI),
        "servicing": PartySent(patients.NPI),
        "services": (service,),
        "diagnoses": ("M2391",),
        "place": "11",
        "contact_name": "Fay Desk",
        "contact_telephone": "5550100",
        **changes,
    }
    return Request(**told)


def approval_rule(key: str = "few_visits", *conditions: Mapping[str, Any], **facts: Any) -> ApprovalRule:
    """A rule in force since 2025: it approves up to 20 units in the network, unless said otherwise."""
    few = {"field": "units", "test": "at_most", "values": ["20"]}
    near = {"field": "servicing_in_network", "test": "is", "values": ["yes"]}
    told = {"version": 1, "position": 1, "outcome": "approve", "text": "A few visits in the network."}
    told |= {"citation": "Manual 4.1", "first_on": date(2025, 1, 1), "published_at": NOW, **facts}
    return ApprovalRule.objects.create(key=key, conditions=list(conditions or (few, near)), **told)
