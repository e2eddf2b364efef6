"""Where is my registration? By its transaction ID, without an account: how far it is, and what is left to do.

The ID comes in a form and goes along in the forms of the page, never in an address. What a wrong one is told,
every wrong one is told.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.registration import following, links, transaction_ids, turnaround
from portico.domains.registration.following import Stage, Stand, Status, TooManyTries
from portico.domains.registration.links import Renewed
from portico.edges.web import addresses, asking
from portico.edges.web.accounts.sign_in import until
from portico.edges.web.register import decision_words, words
from portico.edges.web.register.fault_words import FAULTS
from portico.edges.web.register.mending_forms import CorrectForm, FileForm
from portico.edges.web.register.opening_forms import StatusForm
from portico.edges.web.register.reason_words import REASONS, STAGES, TONES
from portico.shared.identifiers import BadIdentifier

UNKNOWN: Final = (
    "There is no registration with this transaction ID. Compare it with your confirmation. After five wrong "
    "ones, none is looked at from your network for an hour."
)
CLOSED: Final = (
    "Too many wrong transaction IDs came from your network. None is looked at {until}, a right one neither. "
    "Provider Services can tell you where your registration is."
)
RENEWED: Final[Mapping[Renewed, tuple[str, str]]] = {
    Renewed.SENT: (
        "success",
        "A new link is on its way to you. The one before it works no more.",
    ),
    Renewed.NOTHING_TO_RENEW: ("warning", "There is no link to be sent for this registration."),
    Renewed.TOO_MANY_TODAY: ("warning", "Enough links were sent for today. Ask again tomorrow, or call us."),
}
_ENDS: Final = {
    Stage.DENIED: "Not approved",
    Stage.RECOGNISED: "Office found",
    Stage.LET_IN: "Let in",
    Stage.NOT_LET_IN: "Not let in",
    Stage.LAPSED: "Lapsed",
}
_PLACES: Final[Mapping[Stage, int]] = {
    Stage.IN_REVIEW: 2,
    Stage.RETURNED: 2,
    Stage.MATCHED: 4,
    Stage.APPROVED: 4,
    Stage.COMPLETED: 5,
}
FIRST: Final = ("Received", "With the plan")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask for the transaction ID; a POST tells where its registration is."""
    form = StatusForm(request.POST or None)
    return look(request) if form.is_valid() else _ask(request, form)


@sensitive_post_parameters()
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Have another link mailed."""
    refused = refusal(request)
    if refused is not None:
        return refused
    done = links.renew(
        actor=asking.actor_of(request),
        transaction_id=request.POST["transaction_id"],
        address=addresses.client_address(request),
    )
    return look(request, told=RENEWED[done])


def look(request: HttpRequest, *, told: tuple[str, str] = ("", ""), **shown: Any) -> HttpResponse:
    """The page of the transaction ID that was sent, or the form again with what is wrong with it."""
    found = _found(request)
    if not isinstance(found, Status):
        return found
    return _told(request, found, transaction_ids.parse(request.POST["transaction_id"]), told, shown)


def refusal(request: HttpRequest) -> HttpResponse | None:
    """What is answered to a transaction ID that leads nowhere; None for one that leads somewhere.

    Whatever is done with an ID begins here, so that a wrong one counts once.
    """
    found = _found(request)
    return None if isinstance(found, Status) else found


def _found(request: HttpRequest) -> Status | HttpResponse:
    form = StatusForm(request.POST)
    try:
        found = following.look(
            actor=asking.actor_of(request),
            transaction_id=request.POST.get("transaction_id", ""),
            address=addresses.client_address(request),
        )
    except BadIdentifier as error:
        form.add_error("transaction_id", FAULTS[error.code])
        return _ask(request, form)
    except TooManyTries as error:
        return _closed(request, form, error)
    if found is None:
        form.add_error("transaction_id", UNKNOWN)
        return _ask(request, form)
    return found


def _closed(request: HttpRequest, form: forms.Form, error: TooManyTries) -> HttpResponse:
    """Nothing is looked at from this network for now; until when."""
    form.add_error(None, CLOSED.format(until=until(error.until)))
    response = _ask(request, form)
    response.status_code = 429
    response.headers["Retry-After"] = str(max(1, int((error.until - asking.now()).total_seconds())))
    return response


def _told(
    request: HttpRequest, found: Status, transaction_id: str, told: tuple[str, str], shown: dict[str, Any]
) -> HttpResponse:
    end = _ENDS.get(found.stage)
    context = {
        "found": found,
        "transaction_id": transaction_id,
        "said": STAGES[found.stage],
        "tone": TONES[found.stage],
        "labels": [*FIRST, end] if end else [*FIRST, "Decided", "Account opened"],
        "current": 4 if end else _PLACES[found.stage],
        "reason": REASONS[found.reason] if found.reason else None,
        "back": decision_words.back(found.back) if found.back else "",
        "missing": [decision_words.missing(code) for code in found.missing],
        "decision": decision_words.denial(found.decision) if found.stage is Stage.DENIED else None,
        "left": None if found.business_left is None else words.business_days(found.business_left),
        "is_late": found.business_left is not None and found.business_left <= 0,
        "may_renew": found.stage is Stage.APPROVED and found.link is not Stand.USED,
        "told": told,
        "correct": CorrectForm(differs=found.differs),
        "file": FileForm(),
        "turnaround": words.turnaround(turnaround.published(today=asking.actor_of(request).today)),
        **shown,
    }
    wrong = any(form.errors for form in (context["correct"], context["file"]))
    return render(request, "register/status_of.html", context, status=422 if wrong else 200)


def _ask(request: HttpRequest, form: forms.Form) -> HttpResponse:
    lately = words.turnaround(turnaround.published(today=asking.actor_of(request).today))
    context = {"form": form, "turnaround": lately}
    return render(request, "register/status.html", context, status=422 if form.errors else 200)
