"""What became of a registration, right after it was sent: the one time its transaction ID is on a page."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portico.domains.registration import transaction_ids
from portico.domains.registration.applications import Submitted
from portico.edges.web.register.opening_forms import OpeningForm
from portico.edges.web.register.reason_words import NOTHING_WRONG, REASONS

MATCHED: Final = "matched"
RECOGNISED: Final = "recognised"


def shown(request: HttpRequest, submitted: Submitted, *, is_corrected: bool = False) -> HttpResponse:
    """The confirmation; with username and password where everything agrees, or the way into the office.

    `is_corrected`: it was not new, but is compared again; then its owner has the transaction ID already.
    """
    context: dict[str, Any] = {
        "submitted": submitted,
        "transaction_id": submitted.transaction_id,
        "grouped": transaction_ids.shown(submitted.transaction_id),
        "said": REASONS[submitted.reason] if submitted.reason else None,
        "tone": "neutral" if submitted.reason in NOTHING_WRONG else "caution",
        "is_corrected": is_corrected,
        "form": OpeningForm(),
    }
    if submitted.state == MATCHED:
        return render(request, "register/opening.html", context)
    name = "recognised" if submitted.state == RECOGNISED else "received"
    return render(request, f"register/{name}.html", context)
