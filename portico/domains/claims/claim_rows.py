"""The rows a submitted claim becomes: what the claim itself says, apart from what was decided of it."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from portico.domains.claims.facts.submitted import Party, SentClaim, SentService
from portico.domains.claims.rules import Status
from portico.domains.members.claimants import Claimant

Row = dict[str, Any]
_MOST_NAME = 160


def name(party: Party | None) -> str:
    """A party's name in one line."""
    if party is None:
        return ""
    return " ".join(filter(None, (party.first_name, party.name)))[:_MOST_NAME]


def rendering(sent: SentClaim) -> Party:
    """Who rendered the claim: the one named for it, else the first of a line, else the billing provider."""
    of_lines = (line.rendering for line in sent.services if line.rendering and line.rendering.npi)
    if sent.rendering and sent.rendering.npi:
        return sent.rendering
    return next(of_lines, sent.billing)


def told(sent: SentClaim, who: Claimant) -> Row:
    """The columns of a claim that an 837 tells; first and last day are there."""
    provider = rendering(sent)
    return {
        "claim_number": sent.tracking_number,
        "patient_control_number": sent.patient_control_number,
        "tracking_number": sent.tracking_number,
        "form": str(sent.form),
        "tax_id": sent.billing.tax_id,
        "provider_npi": provider.npi,
        "provider_name": name(provider),
        "billing_npi": sent.billing.npi,
        "billing_name": name(sent.billing),
        **person(who),
        "first_on": sent.starts_on,
        "last_on": sent.ends_on or sent.starts_on,
        "rank": sent.rank or "P",
        "frequency": sent.frequency or "1",
        "facility": sent.facility,
        "drg": sent.drg if len(sent.drg) <= 4 else "",
        "diagnoses": [diagnosis.code for diagnosis in sent.diagnoses],
        "authorization_number": sent.authorization_number,
        "replaces": sent.original_number,
        "billed": sent.billed,
    }


def person(who: Claimant) -> Row:
    """The columns about the member, and the line of business."""
    return {
        "line_id": who.line,
        "member_id": who.member_id,
        "subscriber_number": who.subscriber_number,
        "patient_last_name": who.last_name,
        "patient_first_name": who.first_name,
        "patient_birth_date": who.birth_date,
    }


def undecided(*, received_on: date, now: datetime) -> Row:
    """The other columns of a claim that nothing was decided of."""
    return {
        "public_id": uuid4(),
        "received_on": received_on,
        "status": str(Status.RECEIVED),
        "stated_on": received_on,
        "pend_reason": "",
        "awaited_on": None,
        "decided_on": None,
        "allowed": None,
        "paid": None,
        "member_share": None,
        "adjustments": [],
        "remarks": [],
        "decision_count": 0,
        "payment_id": None,
        "changed_at": now,
    }


def line(sent: SentService) -> Row:
    """The columns of a line that an 837 tells."""
    return {
        "number": sent.number,
        "code_kind": sent.code_kind,
        "code": sent.code,
        "modifiers": list(sent.modifiers),
        "revenue_code": sent.revenue_code,
        "place_of_service": sent.place_of_service,
        "units": sent.units,
        "unit": sent.unit,
        "first_on": sent.first_on,
        "last_on": sent.last_on,
        "billed": sent.billed,
    }


def undecided_line() -> Row:
    """The other columns of a line that nothing was decided of."""
    return {"allowed": None, "paid": None, "member_share": None, "adjustments": [], "remarks": []}
