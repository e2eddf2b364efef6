"""The one question behind resources about members: who is meant today, asked for the application's tax ID."""

from typing import Final

from portico.domains.members import inquiries
from portico.domains.members.answers import Answered, Person
from portico.domains.members.asked import Inquiry, NotAnswered, SearchBy
from portico.domains.permits.actors import Actor
from portico.domains.plan.catalogue import Identity
from portico.edges.fhir import systems
from portico.edges.fhir.kinds import Body, told

MOST: Final = 20


def ask(actor: Actor, by: SearchBy, part: slice = inquiries.EVERYONE) -> Answered | NotAnswered:
    """Who is meant, of them the part asked for. Raises NotPermitted."""
    inquiry = Inquiry(tax_id=actor.context.get("tax_id", ""), as_of=actor.today, by=by)
    return inquiries.ask(actor=actor, inquiry=inquiry, most=MOST, part=part)


def member_id(person: Person, plan: Identity) -> Body:
    """The person's own member ID, as an identifier."""
    return _identifier("MB", systems.MEMBER_ID, person.member_id, plan)


def subscriber_number(person: Person, plan: Identity) -> Body:
    """The subscriber number of the policy, as an identifier."""
    return _identifier("SN", systems.SUBSCRIBER_NUMBER, person.subscriber_number, plan)


def _identifier(kind: str, system: str, value: str, plan: Identity) -> Body:
    return told(
        type={"coding": [{"system": systems.IDENTIFIER_TYPE, "code": kind}]},
        system=systems.own(system),
        value=value,
        assigner={"display": plan.name},
    )
