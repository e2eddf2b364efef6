"""The plan's questionnaires: handed in as a file, looked through, published for good."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import questionnaire_files, questionnaires
from portico.domains.authorizations.questionnaire_files import MOST_BYTES, BadQuestionnaire, File
from portico.domains.authorizations.questionnaires import Outdated, UnknownQuestionnaire
from portico.edges.web import asking
from portico.edges.web.staff.authorizations import questionnaire_words

LATE: Final = "A later version is asked already. Hand this one in again to make it the next."
_TOLD: Final = 25
_LONGEST: Final = 300


class FileForm(forms.Form):
    """A file of a questionnaire."""

    file = forms.FileField(
        label="File of the questionnaire",
        help_text=f"JSON of up to {MOST_BYTES // 1024} KB. It becomes the next version of its key.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> bytes:
        """What the file holds, no more than a byte too much."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every version; a POST hands one in."""
    actor = asking.actor_of(request)
    faults: tuple[str, ...] = ()
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, questionnaire_files.read(form.cleaned_data["file"]))
        except BadQuestionnaire as error:
            faults = error.faults
            form.add_error("file", "Nothing was kept. What is wrong stands below.")
    rows = [(row, *questionnaire_words.state(row)) for row in questionnaires.listing(actor=actor)]
    context = {
        "form": form,
        "rows": rows,
        "faults": [fault[:_LONGEST] for fault in faults[:_TOLD]],
        "more": max(0, len(faults) - _TOLD),
    }
    status = 422 if form.errors else 200
    return render(request, "staff/authorizations/questionnaires.html", context, status=status)


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """A version with its questions; a POST publishes it."""
    actor, problem = asking.actor_of(request), ""
    try:
        if request.method == "POST":
            try:
                is_new = questionnaires.publish(actor=actor, key=key, version=version)
            except Outdated:
                problem = LATE
            else:
                told = "It is published and asked from now on." if is_new else "It was published before."
                messages.success(request, told)
                return redirect("questionnaire", key=key, version=version)
        whole = questionnaires.one(actor=actor, key=key, version=version)
    except UnknownQuestionnaire as error:
        raise Http404 from error
    context = {
        "whole": whole,
        "problem": problem,
        "late": LATE,
        "questions": questionnaire_words.questions(whole.questions),
    }
    status = 422 if problem else 200
    return render(request, "staff/authorizations/questionnaire.html", context, status=status)


def _kept(request: HttpRequest, file: File) -> HttpResponse:
    whole = questionnaires.write(
        actor=asking.actor_of(request), key=file.key, title=file.title, content=file.content
    )
    messages.success(request, f"Version {whole.version} is kept. Look through it, then publish it.")
    return redirect("questionnaire", key=whole.key, version=whole.version)
