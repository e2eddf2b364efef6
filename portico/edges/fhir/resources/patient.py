"""Patient: the member, found by identifier, or by name and birth date."""

from collections.abc import Mapping
from typing import Final

from portico.domains.members.answers import Told
from portico.domains.members.asked import (
    ByFacts,
    ByKey,
    ByMemberId,
    ByName,
    Facts,
    NotAnswered,
    SearchBy,
    WhichId,
)
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Identity
from portico.edges.fhir import parameters, systems, unanswered
from portico.edges.fhir.kinds import Body, Match, Matches, Resource, told
from portico.edges.fhir.outcomes import bad_request
from portico.edges.fhir.parameters import Parameter
from portico.edges.fhir.resources import people

GENDERS: Final = {"F": "female", "M": "male"}

PARAMETERS: Final = (
    Parameter(
        "_id",
        "token",
        "http://hl7.org/fhir/SearchParameter/Resource-id",
        "The id; goes with no other parameter.",
    ),
    Parameter(
        "identifier",
        "token",
        "http://hl7.org/fhir/SearchParameter/Patient-identifier",
        "The person's member ID, or the subscriber number for everybody on the policy; with the system, that "
        "one of the two. Beside it, what else is given must agree.",
        tells_who=True,
    ),
    Parameter(
        "family",
        "string",
        "http://hl7.org/fhir/SearchParameter/individual-family",
        "The whole last name, in any case, without accents, punctuation or suffix. Needs birthdate or "
        "identifier.",
        tells_who=True,
    ),
    Parameter(
        "given",
        "string",
        "http://hl7.org/fhir/SearchParameter/individual-given",
        "How the first name begins. Needs family.",
        tells_who=True,
    ),
    Parameter(
        "name",
        "string",
        "http://hl7.org/fhir/SearchParameter/Patient-name",
        "The last name, or the first name before it; a last name of several words is asked for as family.",
        tells_who=True,
    ),
    Parameter(
        "birthdate",
        "date",
        "http://hl7.org/fhir/SearchParameter/individual-birthdate",
        "The whole day of birth. Needs family, name or identifier.",
        tells_who=True,
    ),
)


def read(actor: Actor, key: str) -> Match:
    """The member of that id. Raises Problem, NotPermitted."""
    answer = people.ask(actor, ByKey(key))
    if isinstance(answer, NotAnswered):
        raise unanswered.nothing(answer, actor.asked_at)
    (one,) = answer.told
    return Match(body(one, catalogue.identity()), one.changed_at, answer.reference)


def find(actor: Actor, values: Mapping[str, str], part: slice) -> Matches:
    """The members the values mean. Raises Problem, NotPermitted."""
    answer = people.ask(actor, by(values), part)
    if isinstance(answer, NotAnswered):
        return Matches((), 0, answer.reference, unanswered.nobody(answer, actor.asked_at))
    plan = catalogue.identity()
    return Matches(tuple(body(one, plan) for one in answer.told), answer.total, answer.reference)


def by(values: Mapping[str, str]) -> SearchBy:
    """The search that the values stand for. Raises Problem (400) for too few, or for a clash."""
    if "_id" in values:
        if len(values) > 1:
            raise bad_request("not-supported", "_id goes with no other parameter here.")
        return ByKey(values["_id"])
    family, given = _name(values)
    born = parameters.day(values["birthdate"], "birthdate") if "birthdate" in values else None
    if "identifier" in values:
        which, member_id = _identifier(values["identifier"])
        if not (member_id and (family or given or born)):
            return ByMemberId(member_id, which)
        return ByFacts(Facts(member_id, "", family, given, born, which))
    if not (family and born):
        raise bad_request("required", "Ask by _id, by identifier, or by family (or name) with birthdate.")
    return ByName(family, born, given)


def body(one: Told, plan: Identity) -> Body:
    """The member as a Patient of the plan."""
    person, parts = one.eligibility.person, one.particulars
    telephone = {"system": "phone", "value": person.telephone}
    return told(
        resourceType="Patient",
        id=one.key,
        meta={"lastUpdated": one.changed_at},
        identifier=[people.member_id(person, plan), people.subscriber_number(person, plan)],
        name=[_human_name(one)],
        telecom=[telephone] if person.telephone else [],
        gender=GENDERS.get(person.sex, "unknown"),
        birthDate=person.birth_date,
        deceasedDateTime=parts.death_date,
        address=[address] if (address := _address(one)) else [],
    )


def _human_name(one: Told) -> Body:
    person, parts = one.eligibility.person, one.particulars
    return told(
        use="official",
        text=person.name,
        family=person.last_name,
        given=[name for name in (person.first_name, parts.middle_name) if name],
        suffix=[parts.suffix] if parts.suffix else [],
    )


def _address(one: Told) -> Body:
    parts = one.particulars
    return told(line=list(parts.street), city=parts.city, state=parts.state, postalCode=parts.postal_code)


def _name(values: Mapping[str, str]) -> tuple[str, str]:
    """The family and the given name asked for; of `name` the last word is the family name."""
    family, given = (parameters.unescaped(values.get(name, "")).strip() for name in ("family", "given"))
    *first, last = parameters.unescaped(values.get("name", "")).split() or [""]
    if last and family:
        raise bad_request("not-supported", "Ask by name or by family, not by both.")
    if given and first:
        raise bad_request("not-supported", "Ask for the first name in given or in name, not in both.")
    return family or last, given or " ".join(first)


def _identifier(value: str) -> tuple[WhichId, str]:
    """Which number is asked for; one of a namespace that is not ours finds nobody, like any wrong number."""
    system, bar, number = value.rpartition("|")
    if not number.strip():
        raise bad_request("value", "identifier takes a number, after its system and a bar or alone.")
    if not bar:
        return WhichId.EITHER, parameters.unescaped(number)
    kinds = {
        systems.own(systems.MEMBER_ID): WhichId.OWN,
        systems.own(systems.SUBSCRIBER_NUMBER): WhichId.POLICY,
    }
    return (kinds[system], parameters.unescaped(number)) if system in kinds else (WhichId.OWN, "")


RESOURCE: Final = Resource(
    "Patient",
    "The members of the plan, as an office finds them: one, or everybody on a policy.",
    PARAMETERS,
    read,
    find,
    people.MOST,
)
