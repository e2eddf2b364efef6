"""Sending a file in: the form, what cannot be read at all, and the template people fill in."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.members import batches
from portico.domains.members.batches import CannotRead, TooManyKept, TooManyRows
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.edges.web import asking
from portico.edges.web.batches import columns, forms, reading

STEPS = ("Choose a file", "Check the rows", "Results")
FULL = "You keep as many rows here as one person may. Discard batches or lists you need no more."
EXAMPLE = ("ABC123456", "Okafor", "Adaeze", "05/06/1984", "", "")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Take a file in and keep its rows as a draft; nothing is asked yet."""
    actor = asking.actor_of(request)
    form = _form(request, actor)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("batch", batch=_draft(actor, form))
        except CannotRead as error:
            form.add_error("file", error.words)
        except TooManyRows as error:
            form.add_error("file", f"The file has more than {error.most:,} rows. Split it.")
        except TooManyKept:
            form.add_error("file", FULL)
    context = {"form": form, "steps": STEPS, "most": batches.most_rows(actor), "columns": columns.COLUMNS}
    return render(request, "batches/send.html", context, status=422 if form.errors else 200)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The CSV file to fill in: the columns' names, and one example of nobody."""
    _check(asking.actor_of(request))
    text = io.StringIO()
    csv.writer(text).writerows((columns.COLUMNS, EXAMPLE))
    headers = {"Content-Disposition": 'attachment; filename="batch-eligibility-template.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _form(request: HttpRequest, actor: Actor) -> forms.UploadForm:
    _check(actor)
    tax_ids = sorted(decide(actor, Question(Function.ELIGIBILITY)).scope.tax_ids())
    if request.method != "POST":
        return forms.UploadForm(tax_ids=tax_ids, today=actor.today)
    sent = int(request.headers.get("Content-Length") or 0)
    return forms.UploadForm(request.POST, request.FILES, tax_ids=tax_ids, today=actor.today, sent=sent)


def _check(actor: Actor) -> None:
    """Who may ask nothing is told why, and by whom that can be changed."""
    require(actor, Function.ELIGIBILITY)


def _draft(actor: Actor, form: forms.UploadForm) -> object:
    asked = form.cleaned_data
    file = reading.read(asked["file"], actor=actor, tax_id=asked["tax_id"], as_of=asked["as_of"])
    return batches.create(
        actor=actor, source=file.source, rows=file.rows, tax_id=asked["tax_id"], frame=file.frame
    )
