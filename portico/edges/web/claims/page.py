"""One claim: where it stands and whose turn it is, its lines and reasons, what happened, what is due when."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.claims import policies, reading
from portico.domains.claims.answers import ClaimPage, LineFacts, PolicyRef
from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.claims import words
from portico.edges.web.codes import payments, reasons, states

Policies = Mapping[tuple[str, str], PolicyRef]


@require_safe
def page(request: HttpRequest, claim: UUID) -> HttpResponse:
    """Show a claim; `from` names the search one came from."""
    actor = asking.actor_of(request)
    try:
        told = reading.read(actor=actor, claim=claim)
    except reading.ClaimNotFound as error:
        raise Http404 from error
    context = {"page": told, "claim": told.claim, "back": _search_of(request), **_said(told, actor.today)}
    return render(request, "claims/claim.html", context)


def _search_of(request: HttpRequest) -> UUID | None:
    """The search that led here, to go back to."""
    try:
        return UUID(request.GET.get("from", ""))
    except ValueError:
        return None


def _said(told: ClaimPage, today: Any) -> dict[str, Any]:
    claim = told.claim
    pend = told.policies.get((policies.PEND, claim.pend_reason))
    return {
        "headline": words.headline(claim),
        "tone": states.TONES[claim.status],
        "state": words.state(claim),
        "owner": states.owner(claim.next.owner),
        "action": words.action(claim),
        "pend_policy": pend,
        "line_name": catalogue.line_names().get(claim.line, claim.line),
        "form": words.FORMS.get(claim.form, claim.form),
        "rank": words.RANKS.get(claim.rank, claim.rank),
        "frequency": words.FREQUENCIES.get(claim.frequency, ""),
        "diagnoses": words.diagnoses(told.diagnoses),
        "lines": [_line(line, told.policies) for line in told.lines],
        "claim_reasons": adjustments(claim.adjustments, told.policies),
        "claim_remarks": remarks(claim.remarks, told.policies),
        "happened": [words.happened(each) for each in told.timeline],
        "deadlines": [words.deadline(each, today) for each in told.deadlines],
        "decisions": [(each, payments.decision(each.status)) for each in told.decisions],
    }


def _line(line: LineFacts, held: Policies) -> dict[str, Any]:
    return {
        "line": line,
        "code": words.code(line),
        "units": words.units(line),
        "place": line.place_of_service,
        "reasons": adjustments(line.adjustments, held),
        "remarks": remarks(line.remarks, held),
    }


def adjustments(found: Iterable[Adjusted], held: Policies) -> list[dict[str, Any]]:
    """Adjustments in words, each with who bears it and the policy behind it."""
    return [
        {
            "group": reasons.group(each.group),
            "words": reasons.carc(each.reason),
            "amount": Decimal(each.amount),
            "policy": held.get((policies.CARC, each.reason)),
        }
        for each in found
    ]


def remarks(codes: Iterable[str], held: Policies) -> list[dict[str, Any]]:
    """Remarks in words, each with the policy behind it."""
    return [{"words": reasons.rarc(code), "policy": held.get((policies.RARC, code))} for code in codes]
