"""Tables of authorizations: requirement lists, requests with their ledger, decisions, what goes between."""

from portico.domains.authorizations.models.asking import Assignment as Assignment
from portico.domains.authorizations.models.asking import Document as Document
from portico.domains.authorizations.models.asking import Draft as Draft
from portico.domains.authorizations.models.asking import InformationRequest as InformationRequest
from portico.domains.authorizations.models.asking import Inquiry as Inquiry
from portico.domains.authorizations.models.asking import Note as Note
from portico.domains.authorizations.models.asking import Questionnaire as Questionnaire
from portico.domains.authorizations.models.deciding import ApprovalRule as ApprovalRule
from portico.domains.authorizations.models.deciding import ClockRule as ClockRule
from portico.domains.authorizations.models.deciding import Conversation as Conversation
from portico.domains.authorizations.models.deciding import Decision as Decision
from portico.domains.authorizations.models.deciding import Letter as Letter
from portico.domains.authorizations.models.deciding import ServiceDecision as ServiceDecision
from portico.domains.authorizations.models.deciding import Slot as Slot
from portico.domains.authorizations.models.deciding import Trace as Trace
from portico.domains.authorizations.models.requests import Authorization as Authorization
from portico.domains.authorizations.models.requests import Event as Event
from portico.domains.authorizations.models.requests import Party as Party
from portico.domains.authorizations.models.requests import Service as Service
from portico.domains.authorizations.models.requests import Usage as Usage
from portico.domains.authorizations.models.requirements import Requirement as Requirement
from portico.domains.authorizations.models.requirements import RequirementAnswer as RequirementAnswer
from portico.domains.authorizations.models.requirements import RequirementList as RequirementList
