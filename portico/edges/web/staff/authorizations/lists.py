"""The plan's lists of what needs an authorization: handed in, looked through, published, dropped."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.authorizations import requirement_lists
from portico.domains.authorizations.requirement_drafts import FileFault
from portico.domains.authorizations.requirement_lists import MOST_BYTES, CannotPublish, NotTaken, UnknownList
from portico.domains.authorizations.requirement_rules import Rule
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.requirements import words

STATES: Final = {"draft": ("Draft", "caution"), "published": ("Published", "positive")}
FAULTS: Final = {
    "feed_empty": "The file has no rules.",
    "cells_wrong": "The line has not as many cells as the first one, or a quote is not closed.",
    "control_character": "The line holds a control character.",
    "date_wrong": "{about} is no day such as 2026-01-31.",
    "value_too_long": "{about} is too long.",
    "value_missing": "{about} is missing.",
    "value_not_known": "{about} is none of the words it may be.",
    "identifier_wrong": "{about} is not written as it has to be.",
    "ends_before_it_begins": "{about} lies before the first day.",
    "unknown_line": "The plan has no line of business {about}.",
    "unknown_plan_code": "The benefit plans have no {about}.",
    "key_twice": "The key {about} stands twice.",
    "list_published": "The list {about} is published and never changes. Give this one another version.",
    "several_lists": "It speaks of another version or first day. One file brings one list.",
}
CANNOT: Final = {
    "not_whole": "Some rows of the file were held back. Mend the file and load it again.",
    "empty": "The list has no rules.",
    "changed": "The draft has changed since you looked. Look through it again.",
    "day_taken": "Another list begins on that day.",
    "too_early": "A list begins today or later, and after the one before it: answers were given already.",
}
_TOLD: Final = 25


class FileForm(forms.Form):
    """A file of a list."""

    file = forms.FileField(
        label="File of the list",
        help_text="CSV, as described under Feeds. It is kept as a draft.",
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> tuple[str, bytes]:
        """The name of the file, and what it holds."""
        sent = self.cleaned_data["file"]
        content = bytes(sent.read(MOST_BYTES + 1))
        if len(content) > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB.", code="too_large")
        return sent.name, content


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every list; a POST hands one in."""
    actor, faults = asking.actor_of(request), []
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        name, content = form.cleaned_data["file"]
        taken = requirement_lists.take(actor=actor, content=content, name=name)
        if not isinstance(taken, NotTaken):
            messages.success(request, "The list is kept as a draft. Look through it, then publish it.")
            return redirect("requirement_draft", version=taken)
        faults = [_fault(fault) for fault in taken.faults]
        form.add_error("file", "Nothing was kept. What is wrong stands below.")
    lists = [(row, *STATES[row.state]) for row in requirement_lists.listed(actor=actor)]
    context = {"form": form, "lists": lists, "faults": faults[:_TOLD], "more": max(0, len(faults) - _TOLD)}
    return render(request, "staff/authorizations/lists.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, version: str) -> HttpResponse:
    """What a draft would change; a POST publishes it."""
    actor, problem = asking.actor_of(request), ""
    try:
        if request.method == "POST":
            digest = request.POST.get("digest", "")
            try:
                told = requirement_lists.publish(actor=actor, version=version, digest=digest)
            except CannotPublish as error:
                problem = CANNOT[error.code]
            else:
                messages.success(request, f"The list is published. Offices told: {told}.")
                return redirect("requirement_lists")
        facts, seen = requirement_lists.preview(actor=actor, version=version)
    except UnknownList as error:
        raise Http404 from error
    lines = catalogue.line_names()
    context = {
        "facts": facts,
        "seen": seen,
        "problem": problem,
        "added": [_row(rule, lines) for rule in seen.added],
        "removed": [_row(rule, lines) for rule in seen.removed],
        "changed": [_changed(each, lines) for each in seen.changed],
    }
    return render(request, "staff/authorizations/list.html", context, status=422 if problem else 200)


@require_POST
def drop(request: HttpRequest, version: str) -> HttpResponse:
    """Drop a draft."""
    try:
        requirement_lists.drop(actor=asking.actor_of(request), version=version)
    except UnknownList as error:
        raise Http404 from error
    messages.success(request, "The draft is dropped.")
    return redirect("requirement_lists")


def _row(rule: Rule, lines: dict[str, str]) -> dict[str, Any]:
    return {
        "rule": rule,
        "codes": words.codes(rule),
        "answer": words.ANSWERS[rule.answer],
        "tone": words.TONES[rule.answer],
        "decider": words.decider(rule),
        "conditions": words.conditions(rule, lines),
    }


def _changed(each: Any, lines: dict[str, str]) -> dict[str, Any]:
    before, after = _row(each.before, lines), _row(each.after, lines)
    columns = ", ".join(name.replace("_", " ") for name in each.columns)
    return {"before": before, "after": after, "columns": columns}


def _fault(fault: FileFault) -> str:
    said = fault.words or FAULTS[fault.code].format(about=fault.about or "A cell")
    return f"Line {fault.place}: {said}" if fault.place else said
