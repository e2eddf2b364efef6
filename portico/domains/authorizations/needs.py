"""Whether each service of a request needs an authorization, by the plan's own list; and by an answer held."""

from dataclasses import dataclass

from portico.domains.authorizations import models, requirement_content, requirements
from portico.domains.authorizations.facts.requested import Kind, Request, ServiceSent, System
from portico.domains.authorizations.parties import Parties
from portico.domains.authorizations.requirement_rules import Answer, Network, Question, Verdict
from portico.domains.members.patients import Patient
from portico.domains.permits.permit import Permit

_FREE = frozenset({Answer.NOT_REQUIRED, Answer.NOTIFY})


@dataclass(frozen=True, slots=True)
class Need:
    """What the list says of a service. `is_free`: nobody has to say yes before it is done.

    `answer` is what counts: where the office holds an answer for that day, the plan honours that one.
    """

    verdict: Verdict
    answer: Answer
    is_free: bool
    is_honoured: bool = False

    @property
    def decider(self) -> str:
        """Who decides instead of the plan: a name, or the kind of who does; empty where the plan does."""
        rule = self.verdict.rule
        if self.is_free or rule is None or not self.verdict.is_for_another:
            return ""
        return rule.decider or rule.decided_by.value

    @property
    def rule_key(self) -> str:
        """The rule it stands on."""
        return self.verdict.rule.key if self.verdict.rule else ""

    @property
    def questionnaire(self) -> str:
        """The questions to be answered with the request; empty: none."""
        rule = self.verdict.rule
        return rule.questionnaire if rule and not self.is_free else ""


def of(given: Permit, request: Request, patient: Patient, parties: Parties) -> tuple[Need, ...]:
    """One for each service, in their order. A referral needs somebody's yes whatever the list says."""
    held = _held(given, request, patient.line)
    return tuple(_need(given, request, service, patient, parties, held) for service in request.services)


def _need(
    given: Permit,
    request: Request,
    service: ServiceSent,
    patient: Patient,
    parties: Parties,
    held: "models.RequirementAnswer | None",
) -> Need:
    question = _question(request, service, patient, parties)
    verdict = requirements.of(given, question)
    answer, is_honoured = verdict.answer, False
    if held is not None and held.answer in set(_FREE) and _is_about(held, question):
        is_honoured = answer not in _FREE
        answer = Answer(held.answer)
    return Need(verdict, answer, answer in _FREE and request.kind is not Kind.REFERRAL, is_honoured)


def _question(request: Request, service: ServiceSent, patient: Patient, parties: Parties) -> Question:
    doer = parties.doer
    network = None if doer is None or doer.in_network is None else doer.in_network
    by_type = not service.code
    return Question(
        system=System.SERVICE_TYPE if by_type else service.system,
        code=service.service_type if by_type else service.code,
        line=patient.line,
        on=service.first_on,
        plan_code=patient.plan_code,
        place=request.place,
        network="" if network is None else Network.IN if network else Network.OUT,
        tax_id=doer.tax_id if doer else "",
        npi=doer.npi if doer else "",
        service_type="" if by_type else service.service_type,
    )


def _held(given: Permit, request: Request, line: str) -> "models.RequirementAnswer | None":
    """The answer the office holds under the reference it sent, for the tax ID it asks under."""
    if not request.requirement or given.actor.office_id is None:
        return None
    held = models.RequirementAnswer.objects.filter(
        reference=request.requirement,
        office_id=given.actor.office_id,
        tax_id=request.tax_id,
        line=line,
    )
    return held.first()


def _is_about(held: models.RequirementAnswer, question: Question) -> bool:
    """An answer counts for the code and the day it was given for, and where it was narrowed, for no other.

    What excuses an office by name excuses nobody else.
    """
    asked = requirement_content.question_of(held.content)
    narrowed = all(
        getattr(asked, field) in ("", getattr(question, field))
        for field in ("place", "npi", "network", "plan_code")
    )
    if not narrowed or (asked.system, asked.code, asked.on) != (question.system, question.code, question.on):
        return False
    return asked.tax_id == question.tax_id or not _names_an_office(held)


def _names_an_office(held: models.RequirementAnswer) -> bool:
    """Does the answer stand on a rule about one tax ID? One query."""
    rules = models.Requirement.objects.filter(list=held.list_id, key=held.rule_key)
    return bool(held.rule_key) and rules.exclude(tax_id="").exists()
