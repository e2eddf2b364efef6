"""Coverage: one span in which a member is covered, by its status today.

No money stands here: what a service costs, and what is used, are answers to another question.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from portico.domains.members.answers import CoverageSpan, KeyedSpan, Told, Verdict
from portico.domains.members.asked import ByCoverageKey, ByKey, NotAnswered, SearchBy
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity
from portico.edges.fhir import asking, parameters, systems, unanswered
from portico.edges.fhir.kinds import Body, Match, Matches, Resource, told
from portico.edges.fhir.outcomes import bad_request
from portico.edges.fhir.parameters import Parameter
from portico.edges.fhir.resources import people

MOST: Final = 50

# Not yet in force is a draft: nobody may take it for coverage that pays today.
STATUS: Final[Mapping[Verdict, str]] = {
    Verdict.ACTIVE: "active",
    Verdict.ACTIVE_IN_GRACE: "active",
    Verdict.NOT_YET_ACTIVE: "draft",
    Verdict.TERMINATED: "cancelled",
    Verdict.NOT_COVERED: "cancelled",
}
# The 834's relationship codes; one that is not here is "other".
RELATIONSHIPS: Final[Mapping[str, str]] = {
    "18": "self",
    "01": "spouse",
    "53": "spouse",
    "03": "parent",
    "09": "child",
    "17": "child",
    "19": "child",
}
# The 834's product codes that HL7's list of coverage types knows too.
TYPES: Final[Mapping[str, str]] = {
    "HMO": "HMO",
    "PPO": "PPO",
    "POS": "POS",
    "DEN": "DENTAL",
    "VIS": "VISPOL",
    "PDG": "DRUGPOL",
}

_PATIENT = "The id of the Patient, with Patient/ before it or alone."
PARAMETERS: Final = (
    Parameter("_id", "token", "http://hl7.org/fhir/SearchParameter/Resource-id", "The id."),
    Parameter("patient", "reference", "http://hl7.org/fhir/SearchParameter/Coverage-patient", _PATIENT),
    Parameter(
        "beneficiary", "reference", "http://hl7.org/fhir/SearchParameter/Coverage-beneficiary", _PATIENT
    ),
    Parameter(
        "status",
        "token",
        "http://hl7.org/fhir/SearchParameter/Coverage-status",
        "active: in force today; draft: begins later; cancelled: ended. Several with commas between.",
        takes_several=True,
    ),
)


def read(actor: Actor, key: str) -> Match:
    """The span of that id. Raises Problem, NotPermitted."""
    answer = people.ask(actor, ByCoverageKey(key))
    if isinstance(answer, NotAnswered):
        raise unanswered.nothing(answer, actor.asked_at)
    (one,) = answer.told
    keyed = next(span for span in one.spans if span.key == key)
    return Match(body(one, keyed, catalogue.identity()), _changed_at(one, keyed), answer.reference)


def find(actor: Actor, values: Mapping[str, str], part: slice) -> Matches:
    """The spans of the member the values mean, newest first. Raises Problem, NotPermitted."""
    meant, statuses = by(values), _statuses(values.get("status", ""))
    answer = people.ask(actor, meant)
    if isinstance(answer, NotAnswered):
        return Matches((), 0, answer.reference, unanswered.nobody(answer, actor.asked_at))
    found = [
        (one, keyed)
        for one in answer.told
        for keyed in one.spans
        if not isinstance(meant, ByCoverageKey) or keyed.key == meant.key
        if statuses is None or STATUS[keyed.span.verdict] in statuses
    ]
    plan = catalogue.identity()
    bodies = tuple(body(one, keyed, plan) for one, keyed in found[part])
    return Matches(bodies, len(found), answer.reference)


def by(values: Mapping[str, str]) -> SearchBy:
    """The search that the values stand for. Raises Problem (400) where nobody is named."""
    keys = {_patient(values[name]) for name in ("patient", "beneficiary") if name in values}
    if "_id" in values:
        if keys:
            raise bad_request("not-supported", "_id goes with status alone here.")
        return ByCoverageKey(values["_id"])
    if not keys:
        raise bad_request("required", "Ask by patient, by beneficiary or by _id.")
    return ByKey(keys.pop() if len(keys) == 1 else "")


def body(one: Told, keyed: KeyedSpan, plan: Identity) -> Body:
    """A member's span as a Coverage of the plan."""
    person, span = one.eligibility.person, keyed.span
    member = {"reference": f"Patient/{one.key}"}
    relationship = RELATIONSHIPS.get(person.relationship, "other")
    return told(
        resourceType="Coverage",
        id=keyed.key,
        meta={"lastUpdated": _changed_at(one, keyed)},
        identifier=[people.member_id(person, plan)],
        status=STATUS[span.verdict],
        type=_type(span),
        subscriber=member if relationship == "self" else None,
        subscriberId=person.subscriber_number,
        beneficiary=member,
        relationship={"coding": [{"system": systems.RELATIONSHIP, "code": relationship}]},
        period=told(start=span.period.first, end=span.period.last),
        payor=[_payor(plan)],
        **{"class": list(_classes(one, span))},
    )


def _type(span: CoverageSpan) -> Body:
    """The line of business, and beside it HL7's word for the product where it has one."""
    line = told(system=systems.own(systems.LINE), code=span.line, display=span.line_name)
    known = TYPES.get(span.product_code)
    coding = [line, {"system": systems.ACT_CODE, "code": known}] if known else [line]
    return {"coding": coding, "text": span.line_name}


def _classes(one: Told, span: CoverageSpan) -> Iterator[Body]:
    """The plan; and the group, which a person has one of: told where it can belong to no other span."""
    if span.plan_code:
        yield _class("plan", span.plan_code, span.plan_name)
    group = one.eligibility.person.group_number
    if group and span is one.eligibility.coverage and sum(map(_is_not_over, one.spans)) < 2:
        yield _class("group", group)


def _is_not_over(keyed: KeyedSpan) -> bool:
    return keyed.span.verdict is not Verdict.TERMINATED


def _class(code: str, value: str, name: str = "") -> Body:
    kind = {"coding": [{"system": systems.COVERAGE_CLASS, "code": code}]}
    return told(type=kind, value=value, name=name)


def _payor(plan: Identity) -> Body:
    number = {"system": systems.own(systems.PAYER_ID), "value": plan.payer_id}
    return told(identifier=number if plan.payer_id else None, display=plan.name)


def _changed_at(one: Told, keyed: KeyedSpan) -> datetime:
    """When what is told of a span last changed: its row, the person's, or its status with the day."""
    today, period = one.eligibility.as_of, keyed.span.period
    turns = [period.first] + ([period.last + timedelta(days=1)] if period.last else [])
    reached = [asking.midnight(day) for day in turns if day <= today]
    return max(keyed.changed_at, one.changed_at, *reached)


def _patient(reference: str) -> str:
    """The key in a reference to a Patient, relative or whole; empty for a reference to anything else."""
    kind, slash, key = reference.rpartition("/")
    return key if not slash or kind == "Patient" or kind.endswith("/fhir/Patient") else ""


def _statuses(value: str) -> frozenset[str] | None:
    """The statuses asked for, their system dropped; None where none is."""
    prefix = f"{systems.FM_STATUS}|"
    return frozenset(one.removeprefix(prefix) for one in parameters.several(value)) if value else None


RESOURCE: Final = Resource(
    "Coverage",
    "Spans of coverage of one member, each with its status today, its line and plan.",
    PARAMETERS,
    read,
    find,
    MOST,
)
