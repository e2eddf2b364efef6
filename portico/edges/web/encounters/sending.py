"""Sending a file in: the form, and what cannot be taken at all."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.encounters import submissions
from portico.domains.encounters.submissions import BadUpload, Receipt, Taken, TooManyWaiting
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.edges.web import asking
from portico.edges.web.encounters import file_words, forms

JOB = "x12_encounters"
WAIT = "Too many files of this tax ID wait to be read. Send this one when some of them are done."


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take a file in and have it read."""
    actor = asking.actor_of(request)
    form = _form(request, actor)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = _taken(actor, form)
        except BadUpload as error:
            form.add_error("file", file_words.UPLOADS[error.code])
        except TooManyWaiting:
            form.add_error("file", WAIT)
        else:
            if receipt.taken is Taken.AGAIN:
                messages.info(request, "This very file was sent before. Here is what was answered then.")
            return redirect("encounter_file", submission=receipt.id)
    return render(request, "encounters/send.html", {"form": form}, status=422 if form.errors else 200)


def tax_ids(actor: Actor) -> list[str]:
    """The tax IDs that may be submitted for; who may not submit at all is told why."""
    return sorted(require(actor, Function.ENCOUNTERS).scope.tax_ids())


def _form(request: HttpRequest, actor: Actor) -> forms.SendForm:
    offered = tax_ids(actor)
    if request.method != "POST":
        return forms.SendForm(tax_ids=offered)
    sent = int(request.headers.get("Content-Length") or 0)
    return forms.SendForm(request.POST, request.FILES, tax_ids=offered, sent=sent)


def _taken(actor: Actor, form: forms.SendForm) -> Receipt:
    name, content = form.cleaned_data["file"]
    look = import_string(settings.ENCOUNTER_FILES)
    file = look(content, tax_id=form.cleaned_data["tax_id"], at=actor.asked_at, name=name)
    return submissions.take_in(actor=actor, file=file, job=JOB)
