"""A request becomes a question of the claims domain: for which tax ID, whose claim, which one.

The tax ID is the one sent (NM108 FI); else one that the NPI sent bills under, of those the actor's office
has; else the one the partner is registered with. A claim number needs no days beside it; a charge narrows
only where no number of the claim was sent, for it may have been corrected since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portico.domains.claims.asked import Asked
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.edges.x12 import asking_for
from portico.edges.x12.claim_status.refusals import Problem
from portico.edges.x12.claim_status.requests import (
    CLAIM_NUMBER,
    NO_PERIOD,
    PATIENT_CONTROL_NUMBER,
    Name,
    Party,
    Period,
    Request,
)
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier
from portico.shared.x12 import dates

_NPI, _TAX_ID, _MEMBER_IDS = "XX", "FI", ("MI", "II")
_MOST_DOLLARS = Decimal(10) ** 12
_CENTS = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask; with problems, about nobody."""

    asked: Asked
    problems: tuple[Problem, ...] = ()


class Questions:
    """The questions of one actor's requests; each provider is looked up once."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._registered = actor.context.get("tax_id", "")
        self._known: dict[tuple[Name, ...], tuple[str, Problem | None]] = {}

    def of(self, request: Request) -> Question:
        """The question of one request. One query for each NPI not met before."""
        tax_id, wrong = self._for(request.provider)
        problems = [wrong] if wrong else []
        asked = _asked(request, tax_id, problems)
        return Question(Asked(tax_id) if problems else asked, tuple(problems))

    def _for(self, provider: Party) -> tuple[str, Problem | None]:
        if provider.names not in self._known:
            self._known[provider.names] = self._looked_up(provider)
        return self._known[provider.names]

    def _looked_up(self, provider: Party) -> tuple[str, Problem | None]:
        sent = {name.id_kind: name.id for name in provider.names}
        try:
            if _TAX_ID in sent:
                return identifiers.parse_tax_id(sent[_TAX_ID]), None
            npi = identifiers.parse_npi(sent[_NPI]) if _NPI in sent else None
        except BadIdentifier:
            return self._registered, Problem.PROVIDER_ID_WRONG
        if npi is None:
            return self._registered, None
        return asking_for.tax_id_of(self._actor, npi, Function.CLAIMS_INQUIRY, self._registered)[0], None


def _asked(request: Request, tax_id: str, problems: list[Problem]) -> Asked:
    claim_number = request.reference(CLAIM_NUMBER)
    control_number = request.reference(PATIENT_CONTROL_NUMBER)
    first_on, last_on = (None, None) if claim_number else _days(request, problems)
    birth_date = _birth_date(request.patient.birth, problems)
    return Asked(
        tax_id,
        subscriber_id=_member_id(request.subscriber.name, problems),
        claim_number=claim_number,
        patient_control_number="" if claim_number else control_number,
        first_on=first_on,
        last_on=last_on,
        first_name=request.patient.name.first,
        last_name="" if birth_date else request.patient.name.last,
        birth_date=birth_date,
        billed=None if claim_number or control_number else _dollars(request.amount, problems),
    )


def _member_id(name: Name, problems: list[Problem]) -> str:
    sent = name.id if name.id_kind in _MEMBER_IDS else ""
    try:
        return identifiers.parse_member_id(sent)
    except BadIdentifier:
        problems.append(Problem.MEMBER_ID_WRONG)
        return ""


def _birth_date(sent: str, problems: list[Problem]) -> date | None:
    try:
        return dates.parse_d8(sent) if sent else None
    except dates.DateError:
        problems.append(Problem.BIRTH_DATE_WRONG)
        return None


def _days(request: Request, problems: list[Problem]) -> tuple[date | None, date | None]:
    """The days of service: the claim's, else from the first to the last of its lines."""
    sent = [request.served] if request.served != NO_PERIOD else list(request.lines)
    try:
        spans = _spans(sent)
    except dates.DateError:
        problems.append(Problem.DATE_WRONG)
        return None, None
    return min((first for first, _ in spans), default=None), max((last for _, last in spans), default=None)


def _spans(sent: Sequence[Period]) -> list[tuple[date, date]]:
    return [dates.parse_span(each.format, each.text) for each in sent]


def _dollars(sent: str, problems: list[Problem]) -> Decimal | None:
    if not sent:
        return None
    amount = Decimal(sent)
    if abs(amount) >= _MOST_DOLLARS or amount != amount.quantize(_CENTS):
        problems.append(Problem.AMOUNT_WRONG)
        return None
    return amount
