"""One version at the desk, as people will read it: published by somebody who did not write it, given back, or
stopped before it appears.
"""

from datetime import datetime, time

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.library import desk, instants, publishing
from portico.domains.library.desk import UnknownDocument
from portico.domains.library.publishing import CannotPublish, WrongState
from portico.domains.library.rules import State
from portico.edges.web import asking, attachments
from portico.edges.web.reading import words as reading_words
from portico.edges.web.staff.library import forms, shown, words

_NEVER = "The plan's clocks never show that time on that day: they are put forward over it."
_PAST = "Enter a day that is not past, or leave it empty to publish now."
_CODES = {"own_words": words.OWN_WORDS, "day_taken": words.DAY_TAKEN, "no_answer": words.NO_ANSWER}


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version."""
    return _page(request, key, number)


@require_safe
def file(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
    """A file of a version, as an attachment."""
    if not name.isprintable():
        raise Http404
    try:
        kind, content = desk.file(actor=asking.actor_of(request), key=key, number=number, name=name)
    except UnknownDocument:
        raise Http404 from None
    return attachments.sent(name, kind, content)


@require_POST
def approve(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Publish it, now or at an instant to come."""
    form = forms.ApproveForm(request.POST)
    at = _instant(request, form) if form.is_valid() else None
    if form.errors:
        return _page(request, key, number, approve_form=form)
    actor = asking.actor_of(request)
    try:
        state = publishing.approve(actor=actor, key=key, number=number, at=at, seen=form.seen_at())
    except CannotPublish as error:
        form.add_error(None, _CODES[error.code])
        return _page(request, key, number, approve_form=form)
    except UnknownDocument:
        raise Http404 from None
    except WrongState:
        return _moved_on(request, key, number)
    messages.success(
        request,
        "Published." if state is State.PUBLISHED else "Approved. It appears by itself at its instant.",
    )
    return redirect("staff_library_document", key)


@require_POST
def refuse(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Give it back."""
    form = forms.RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, key, number, refuse_form=form)
    actor, answer = asking.actor_of(request), form.cleaned_data["answer"]
    try:
        publishing.refuse(actor=actor, key=key, number=number, answer=answer)
    except CannotPublish as error:
        form.add_error(None, _CODES[error.code])
        return _page(request, key, number, refuse_form=form)
    except UnknownDocument:
        raise Http404 from None
    except WrongState:
        return _moved_on(request, key, number)
    messages.success(request, "Given back, with what is to be changed.")
    return redirect("staff_library_document", key)


@require_POST
def withdraw(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Stop it from appearing."""
    try:
        publishing.withdraw(actor=asking.actor_of(request), key=key, number=number)
    except UnknownDocument:
        raise Http404 from None
    except WrongState:
        return _moved_on(request, key, number)
    messages.success(request, "It does not appear. A new version begins with the same words.")
    return redirect("staff_library_document", key)


def _instant(request: HttpRequest, form: forms.ApproveForm) -> datetime | None:
    """When it appears; None: now, or wrong, which is said in the form."""
    day = form.cleaned_data["day"]
    if day is None:
        return None
    shown_at = datetime.combine(day, form.cleaned_data["time"] or time())
    at = instants.of(shown_at)
    if at is None:
        form.add_error("time", _NEVER)
    elif at < asking.actor_of(request).asked_at:
        form.add_error("day", _PAST)
    return at


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _moved_on(request: HttpRequest, key: str, number: int) -> HttpResponse:
    messages.error(request, words.MOVED_ON)
    return redirect("staff_library_version", key, number)


def _page(
    request: HttpRequest,
    key: str,
    number: int,
    *,
    approve_form: django_forms.Form | None = None,
    refuse_form: django_forms.Form | None = None,
) -> HttpResponse:
    try:
        whole = desk.version(actor=asking.actor_of(request), key=key, number=number)
    except UnknownDocument:
        raise Http404 from None
    names = [each.name for each in whole.files]
    context = {
        "whole": whole,
        "kind": reading_words.KINDS[whole.about.kind],
        "state": words.STATES[whole.line.state],
        "standing": words.STANDINGS[whole.line.standing],
        "text": shown.text(whole.said.body, key=key, number=number, names=names),
        "lines": reading_words.lines(sorted(whole.said.lines or ())),
        "approve_form": approve_form or forms.ApproveForm(initial={"seen": _iso(whole.line.sent_at)}),
        "refuse_form": refuse_form or forms.RefuseForm(),
        "own_words": words.OWN_WORDS,
    }
    status = 422 if approve_form or refuse_form else 200
    return render(request, "staff/library/version.html", context, status=status)
