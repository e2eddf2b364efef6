"""What people do to a batch: start it, run it again, stop it, save it, ask for another day, discard it."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portico.domains.members import batches
from portico.domains.members.batches import BatchNotFound, TooManyKept, TooManyRunning
from portico.domains.permits.actors import Actor
from portico.edges.web import asking
from portico.edges.web.batches import forms, pages, sending

Done = TypeVar("Done")
_WAIT = f"{batches.MOST_RUNNING} of your batches are being asked. Start this one when one of them is done."


@require_POST
def start(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Have a draft asked."""
    return _run(request, batch, batches.start)


@require_POST
def rerun(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Have the rows asked again that failed, were refused, or wait."""
    return _run(request, batch, batches.rerun)


@require_POST
def cancel(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Ask no more rows; what was answered stays."""
    _do(lambda actor: batches.cancel(actor=actor, batch=batch), request)
    return redirect("batch", batch=batch)


@require_POST
def save(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Keep the batch as a list."""
    form = forms.SaveForm(request.POST)
    if not form.is_valid():
        return pages.show(request, batch, status=422, save=form)
    _do(lambda actor: batches.save(actor=actor, batch=batch, name=form.cleaned_data["name"]), request)
    messages.success(request, "The list is saved. It stays until you discard it.")
    return redirect("batch", batch=batch)


@require_POST
def again(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Make a draft of the same questions for another day."""
    form = forms.AgainForm(request.POST, today=asking.actor_of(request).today)
    if not form.is_valid():
        return pages.show(request, batch, status=422, again=form)
    day, made = form.cleaned_data["as_of"], batch
    try:
        made = _do(lambda actor: batches.again(actor=actor, batch=batch, as_of=day), request)
    except TooManyKept:
        messages.warning(request, sending.FULL)
    return redirect("batch", batch=made)


@require_POST
def discard(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Throw the batch away with all its rows."""
    _do(lambda actor: batches.discard(actor=actor, batch=batch), request)
    messages.success(request, "The batch is discarded.")
    return redirect("batches")


def _run(request: HttpRequest, batch: UUID, how: Callable[..., object]) -> HttpResponse:
    try:
        _do(lambda actor: how(actor=actor, batch=batch), request)
    except TooManyRunning:
        messages.warning(request, _WAIT)
    return redirect("batch", batch=batch)


def _do(use: Callable[[Actor], Done], request: HttpRequest) -> Done:
    try:
        return use(asking.actor_of(request))
    except BatchNotFound as error:
        raise Http404 from error
