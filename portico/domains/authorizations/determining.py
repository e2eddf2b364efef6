"""What becomes of a request as soon as it came in: nothing needed, approved by a rule, or for a person.

    services the plan's list frees        not needed
    a rule approves                       approved, with its decision, letter and notices
    anything else                         in review: no rule denies

Whatever comes of it, the trace keeps the rules, the inputs and each step, so that anybody can run it again.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from portico.domains.authorizations import approval_rules, deciding, ledger, models, sealing
from portico.domains.authorizations.approval_rules import Inputs, Outcome, Ran, Rule, Value
from portico.domains.authorizations.facts.decided import Outcome as Decided
from portico.domains.authorizations.facts.decided import ServiceVerdict
from portico.domains.authorizations.facts.requested import Role
from portico.domains.authorizations.facts.shown import State
from portico.domains.permits.permit import Permit

NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A trace run again: what came of it now, and whether that is what was kept then."""

    ran: Ran
    is_same: bool


def determine(given: Permit, row: models.Authorization, free: Sequence[int] = ()) -> None:
    """Say at once what can be said of a request in review that the open transaction holds.

    `free` are the positions of services that need nobody's yes. Writes the trace and the event DETERMINED;
    the request is decided, or stays in review.
    """
    services = list(row.services.all())
    waiting = [each.position for each in services if each.state == State.IN_REVIEW]
    released = [place for place in waiting if place in free]
    if len(released) == len(waiting):
        _note(given, row, NOT_NEEDED)
        _keep(given, row, released, ())
        return
    ran = _run(given, row, [each for each in services if each.position not in released])
    _note(given, row, ran.outcome, ran)
    if ran.outcome is Outcome.APPROVED:
        _keep(given, row, released, [place for place in waiting if place not in released])
    elif released:
        row.services.filter(position__in=released).update(state=State.NOT_NEEDED)


def rules_on(on: date) -> list[Rule]:
    """The rules that count on a day, in their order: of each the latest version that had begun. One query."""
    latest: dict[str, models.ApprovalRule] = {}
    for row in models.ApprovalRule.objects.filter(first_on__lte=on).order_by("key", "version"):
        latest[row.key] = row
    held = [row for row in latest.values() if row.last_on is None or row.last_on >= on]
    return [rule_of(row) for row in sorted(held, key=lambda row: (row.position, row.key))]


def rule_of(row: models.ApprovalRule) -> Rule:
    """A version of a rule as the rules read it."""
    conditions = tuple(map(approval_rules.condition_of, row.conditions))
    return Rule(row.key, row.version, row.outcome, conditions)


def inputs(row: models.Authorization, services: Sequence[models.Service] | None = None) -> Inputs:
    """What a request says to the rules, of these services or of all. Two queries."""
    asked = list(row.services.all()) if services is None else list(services)
    parties = {Role(each.role): each for each in row.parties.all()}
    requesting, servicing = parties.get(Role.REQUESTING), parties.get(Role.SERVICING)
    facility, pcp = parties.get(Role.FACILITY), parties.get(Role.PCP)
    told: dict[str, Value] = {
        "kind": row.kind,
        "level": row.level,
        "line": row.line_id,
        "plan_code": row.plan_code,
        "place": row.place,
        "door": row.door,
        "requesting_tax_id": requesting.tax_id if requesting else None,
        "requesting_npi": requesting.npi if requesting else None,
        "requesting_in_network": requesting.in_network if requesting else None,
        "servicing_tax_id": servicing.tax_id if servicing else None,
        "servicing_npi": servicing.npi if servicing else None,
        "servicing_in_network": servicing.in_network if servicing else None,
        "facility_in_network": facility.in_network if facility else None,
        "asked_by_pcp": _is_same_office(pcp, requesting),
        "is_extension": row.extends_id is not None,
        "age": _age(row.patient_birth_date, row.first_on),
        "diagnoses": tuple(row.diagnoses),
    }
    return told | _of_services(asked)


def replay(trace: models.Trace) -> Replayed:
    """Run what a trace keeps once more. Raises vault.CannotOpen."""
    rules = tuple(map(approval_rules.rule_of, trace.rules))
    held = sealing.opened_json(trace.inputs_sealed, place=sealing.place(trace, "inputs"))
    ran = approval_rules.run(rules, approval_rules.inputs_of(held))
    is_same = (
        approval_rules.digest(rules) == trace.rules_digest
        and ran.outcome.value == trace.outcome
        and _images(ran) == trace.steps
    )
    return Replayed(ran, is_same)


def _run(given: Permit, row: models.Authorization, services: Sequence[models.Service]) -> Ran:
    """Run the rules of the day it came in, and keep the trace."""
    rules, said = rules_on(given.actor.today), inputs(row, services)
    ran = approval_rules.run(rules, said)
    trace = models.Trace.objects.create(
        authorization=row,
        at=given.actor.asked_at,
        rules_digest=approval_rules.digest(rules),
        rules=approval_rules.images_of(rules),
        inputs_sealed=b"",
        outcome=ran.outcome.value,
        steps=_images(ran),
    )
    trace.inputs_sealed = sealing.sealed_json(dict(said), place=sealing.place(trace, "inputs"))
    trace.save(update_fields=["inputs_sealed"])
    return ran


def _keep(given: Permit, row: models.Authorization, released: Sequence[int], approved: Sequence[int]) -> None:
    verdicts = [ServiceVerdict(place, Decided.NOT_NEEDED) for place in released]
    verdicts += [ServiceVerdict(place, Decided.APPROVED) for place in approved]
    deciding.keep(given, row, verdicts, side=ledger.Side.SYSTEM)


def _note(given: Permit, row: models.Authorization, code: str, ran: Ran | None = None) -> None:
    details: dict[str, str | int] = {"rule": ran.rule, "version": ran.version} if ran and ran.rule else {}
    ledger.note(given, row, ledger.Kind.DETERMINED, side=ledger.Side.SYSTEM, code=str(code), details=details)


def _images(ran: Ran) -> list[dict[str, object]]:
    """The steps as plain JSON."""
    return [asdict(step) | {"conditions": [list(one) for one in step.conditions]} for step in ran.steps]


def _of_services(services: Sequence[models.Service]) -> dict[str, Value]:
    longest = max(((each.last_on - each.first_on).days + 1 for each in services), default=0)
    return {
        "codes": tuple(each.code for each in services if each.code) if _all_coded(services) else (),
        "service_types": tuple(each.service_type for each in services if each.service_type),
        "services": str(len(services)),
        "units": _text(max((each.quantity for each in services), default=Decimal(0))),
        "days": str(longest),
    }


def _all_coded(services: Sequence[models.Service]) -> bool:
    """A service without a code is outside every list of codes: none is told, so that no list holds it."""
    return all(each.code for each in services)


def _text(quantity: Decimal) -> str:
    """A quantity as it is the same from the sender and from the database."""
    return str(quantity.quantize(Decimal("0.01")))


def _age(born: date | None, on: date) -> str | None:
    """Full years on a day."""
    if born is None:
        return None
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _is_same_office(pcp: models.Party | None, requesting: models.Party | None) -> bool | None:
    if pcp is None or requesting is None:
        return None
    return bool(pcp.tax_id) and pcp.tax_id == requesting.tax_id
