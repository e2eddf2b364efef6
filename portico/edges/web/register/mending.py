"""Mending a registration: correcting what was entered, handing in a file, and saying that this is all."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portico.domains.registration import correcting
from portico.domains.registration.correcting import Added, BadClaim, Taken
from portico.edges.web import addresses, asking
from portico.edges.web.accounts.identity.forms import FAULTS
from portico.edges.web.register import outcome, status
from portico.edges.web.register.mending_forms import CorrectForm, FileForm

Act = Callable[[HttpRequest], HttpResponse]
KEPT: Final = ("success", "What you entered is kept. Say that this is all when you have nothing more to add.")
FILE_KEPT: Final = ("success", "The file is kept. Say that this is all when you have nothing more to add.")
NOT_OPEN: Final = ("warning", "This registration cannot be corrected now.")
NOTHING_CHANGED: Final = ("warning", "Nothing was corrected or handed in yet.")
NOT_TAKEN: Final = {
    Taken.TOO_MANY: f"{correcting.MOST_FILES} files are the most there can be.",
    Taken.TOO_MUCH: (
        f"All files of a registration together can have {correcting.MOST_MEGABYTES} MB. This one is too "
        "much: hand in a smaller copy of it."
    ),
    Taken.NETWORK_TODAY: (
        "Too many files came from your network today, and this one was not kept. Hand it in tomorrow, or say "
        "that this is all without it."
    ),
    Taken.PLAN_TODAY: (
        "The plan takes no more files today, and this one was not kept. Hand it in tomorrow, or call "
        "Provider Services."
    ),
    Taken.INFECTED: "The file holds something harmful and was not kept.",
}
EMPTY: Final = "Enter what is to be corrected."


def guarded(act: Act) -> Act:
    """The act, for a transaction ID that leads somewhere; any other is answered as when it is looked up."""

    @require_POST
    @sensitive_post_parameters()
    @wraps(act)
    def view(request: HttpRequest) -> HttpResponse:
        return status.refusal(request) or act(request)

    return view


@guarded
def correct(request: HttpRequest) -> HttpResponse:
    """Put what was entered in place of what was claimed."""
    form = CorrectForm(request.POST)
    if form.is_valid() and not form.changes:
        form.add_error(None, EMPTY)
    if form.is_valid():
        try:
            done = correcting.correct(**whose(request), changes=form.changes)
        except BadClaim as error:
            form.explain(error.faults)
        else:
            return status.look(request, told=KEPT if done else NOT_OPEN)
    return status.look(request, correct=form)


@guarded
def hand_in(request: HttpRequest) -> HttpResponse:
    """Keep a file with the registration."""
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    form = FileForm(request.POST, request.FILES, sent=sent)
    if form.is_valid():
        name, kind = form.cleaned_data["file"].name, form.cleaned_data["kind"]
        added = correcting.hand_in(**whose(request), kind=kind, name=name, content=form.content())
        if added.taken is Taken.ADDED:
            return status.look(request, told=FILE_KEPT)
        if added.taken is Taken.NOT_OPEN:
            return status.look(request, told=NOT_OPEN)
        form.add_error("file", _why(added))
    return status.look(request, file=form)


@guarded
def finish(request: HttpRequest) -> HttpResponse:
    """That is all: it is compared again, and goes on to the account or to the desk."""
    submitted = correcting.finish(**whose(request))
    if submitted is None:
        return status.look(request, told=NOTHING_CHANGED)
    return outcome.shown(request, submitted, is_corrected=True)


def whose(request: HttpRequest) -> dict[str, Any]:
    """Who asks, from where, and with which transaction ID, as the domain takes it."""
    return {
        "actor": asking.actor_of(request),
        "transaction_id": request.POST["transaction_id"],
        "address": addresses.client_address(request),
    }


def _why(added: Added) -> str:
    return FAULTS[added.fault] if added.fault else NOT_TAKEN[added.taken]
