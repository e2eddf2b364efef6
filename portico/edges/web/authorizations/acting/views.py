"""The pages of what an office does with a request it sent; each shows the form, and does it once posted."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import answering, changing, documents, reading, reopening
from portico.domains.authorizations.answering import NoRoom, NothingSaid
from portico.domains.authorizations.at_hand import Changed, NotNow, UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.changing import BadDay, More, UnitsUsed, Why
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.facts.requested import Kind, NotSent
from portico.domains.authorizations.facts.shown import AuthorizationPage
from portico.domains.authorizations.reopening import Again, AskedBefore, TooLate
from portico.edges.web import asking
from portico.edges.web.authorizations import labels, page
from portico.edges.web.authorizations.acting import forms
from portico.edges.web.authorizations.requesting import problem_words

NOT_NOW: Final = "This is not open to your office, or not as the request stands now."
QUICKER: Final = "Somebody else was quicker: the request has changed. Look at it once more, then do it again."
_MOST_DIGITS: Final = 9
_TITLES: Final = {
    Again.RECONSIDERATION: "Ask the plan to look again",
    Again.APPEAL: "Appeal the decision",
}
_ACTS: Final = {Again.RECONSIDERATION: Act.ASK_RECONSIDERATION, Again.APPEAL: Act.ASK_APPEAL}
_Done = Callable[[AuthorizationPage, Any, int], str | None]


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Answer what the plan asks for, with words and documents."""
    told = _read(request, authorization)
    asked = [each for each in told.asked if each.state == "open"]

    def done(told: AuthorizationPage, form: forms.AnswerForm, version: int) -> str | None:
        answers = form.answers()
        if form.errors:
            return None
        given = answering.answer(
            actor=asking.actor_of(request),
            authorization=authorization,
            of=Kind(told.listed.kind),
            answers=answers,
            version=version,
        )
        left = f" {given.still_open} more waits for your answer." if given.still_open else ""
        receipts = f" Receipts: {', '.join(given.receipts)}." if given.receipts else ""
        return f"The plan has your answer.{left}{receipts}"

    form = forms.AnswerForm(*_sent(request), asked=asked, sent=_bytes(request))
    return _act(request, told, Act.ANSWER, form, done, "Answer the plan", "Send the answer")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, authorization: UUID, again: str) -> HttpResponse:
    """Ask for a reconsideration or an appeal."""
    if again not in list(Again):
        raise Http404
    kind = Again(again)

    def done(told: AuthorizationPage, form: forms.AgainForm, version: int) -> str | None:
        handed = form.handed("")
        if form.errors:
            return None
        reopening.ask(
            actor=asking.actor_of(request),
            authorization=authorization,
            of=Kind(told.listed.kind),
            again=kind,
            why=form.cleaned_data["why"],
            files=handed,
            version=version,
        )
        return "The plan looks at it again. The page says by when."

    form = forms.AgainForm(*_sent(request), sent=_bytes(request))
    told = _read(request, authorization)
    return _act(request, told, _ACTS[kind], form, done, _TITLES[kind], "Send it")


@require_http_methods(["GET", "POST"])
def add_document(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Hand in one more document."""

    def done(told: AuthorizationPage, form: forms.AddForm, version: int) -> str | None:
        del version
        for handed in form.handed(""):
            kept = documents.add(
                actor=asking.actor_of(request),
                authorization=authorization,
                of=Kind(told.listed.kind),
                kind=handed.kind,
                file=handed.file,
            )
            if isinstance(kept, Full):
                form.add_error("file", labels.FULL[kept])
                return None
            return f"{kept.name} is kept. Its receipt is {kept.reference}."
        return None

    form = forms.AddForm(*_sent(request), sent=_bytes(request))
    told = _read(request, authorization)
    return _act(request, told, Act.ADD_DOCUMENT, form, done, "Add a document", "Add it")


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Give a request up."""

    def done(told: AuthorizationPage, form: forms.CancelForm, version: int) -> str | None:
        changing.cancel(
            actor=asking.actor_of(request),
            authorization=authorization,
            of=Kind(told.listed.kind),
            why=Why(form.cleaned_data["why"]),
            version=version,
        )
        return "The request is given up."

    form = forms.CancelForm(_sent(request)[0])
    told = _read(request, authorization)
    return _act(request, told, Act.CANCEL, form, done, "Give the request up", "Give it up")


@require_http_methods(["GET", "POST"])
def discharge(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Say that the patient left."""

    def done(told: AuthorizationPage, form: forms.DischargeForm, version: int) -> str | None:
        del told
        on = form.cleaned_data["on"]
        changing.discharge(
            actor=asking.actor_of(request), authorization=authorization, on=on, version=version
        )
        return "The plan knows that the patient left."

    form = forms.DischargeForm(_sent(request)[0])
    told = _read(request, authorization)
    return _act(request, told, Act.DISCHARGE, form, done, "Report the discharge", "Report it")


@require_http_methods(["GET", "POST"])
def more(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Ask for more of what was approved, or for further days of a stay."""
    told = _read(request, authorization)
    is_stay = told.listed.kind is Kind.ADMISSION

    def done(told: AuthorizationPage, form: forms.MoreForm, version: int) -> str | None:
        asked = More((form.asked(),), sends_anyway=bool(request.POST.get("sends_anyway")))
        who = {"actor": asking.actor_of(request), "authorization": authorization, "version": version}
        made: Any = (
            changing.continue_stay(**who, more=asked)  # type: ignore[arg-type]
            if is_stay
            else changing.extend(**who, of=Kind(told.listed.kind), more=asked)  # type: ignore[arg-type]
        )
        return None if _hindered(form, made) else f"The plan has it, under the number {made.number}."

    form = forms.MoreForm(_sent(request)[0], told=told)
    act, title = (Act.CONTINUE_STAY, "Ask for further days") if is_stay else (Act.EXTEND, "Ask for more")
    return _act(request, told, act, form, done, title, "Send it")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Change what may still be changed."""
    told = _read(request, authorization)

    def done(told: AuthorizationPage, form: forms.ChangeForm, version: int) -> str | None:
        made = changing.change(
            actor=asking.actor_of(request),
            authorization=authorization,
            of=Kind(told.listed.kind),
            changes=form.changes(sends_anyway=bool(request.POST.get("sends_anyway"))),
            version=version,
        )
        return None if _hindered(form, made) else "The request is changed."

    form = forms.ChangeForm(_sent(request)[0], told=told)
    return _act(request, told, Act.CHANGE, form, done, "Change the request", "Change it")


def _act(
    request: HttpRequest,
    told: AuthorizationPage,
    act: Act,
    form: Any,
    done: _Done,
    title: str,
    submit: str,
) -> HttpResponse:
    """Show the form, or do it and go back to the request; what hinders is said in the form or there."""
    back = redirect("authorization", authorization=told.listed.id)
    if act not in told.may:
        return redirect(f"{back.url}?{page.NOT_NOW}=1")  # a look leaves no message behind it
    if request.method == "POST" and form.is_valid():
        try:
            words = done(told, form, _version(request))
        except UnknownRequest as error:
            raise Http404 from error
        except NotNow:
            messages.error(request, NOT_NOW)
            return back
        except Changed:
            messages.error(request, QUICKER)
            return back
        except tuple(_HINDRANCES) as error:
            form.add_error(None, _HINDRANCES[type(error)])
            words = None
        if words is not None:
            messages.success(request, words)
            return back
    context = {"form": form, "told": told, "listed": told.listed, "title": title, "submit": submit}
    context["warned"] = getattr(form, "is_warned", False)
    return render(request, "authorizations/acting/act.html", context, status=422 if form.errors else 200)


_HINDRANCES: Final[dict[type[Exception], str]] = {
    NothingSaid: "Write an answer or add a document, to at least one question.",
    NoRoom: "There is no room for the documents. Nothing was kept; send fewer or smaller ones.",
    TooLate: "The time for this is over. A new request may name this one.",
    AskedBefore: "This was appealed before. There is one appeal.",
    UnitsUsed: "Claims were paid on it, so it is not given up any more. Call us if that is wrong.",
    BadDay: "The day lies before the admission, or has not come yet.",
}


def _hindered(form: django_forms.Form, made: Any) -> bool:
    """Was nothing sent? Then the form says why."""
    if not isinstance(made, NotSent):
        return False
    for each in problem_words.faults(made.faults):
        form.add_error(None, f"{each.where}: {each.words}" if each.where else each.words)
    for each in problem_words.warnings(made.warnings):
        form.add_error(None, f"{each.where}: {each.words}" if each.where else each.words)
    form.is_warned = bool(made.warnings) and not made.faults  # type: ignore[attr-defined]
    return True


def _read(request: HttpRequest, authorization: UUID) -> AuthorizationPage:
    try:
        return reading.read(actor=asking.actor_of(request), authorization=authorization)
    except reading.AuthorizationNotFound as error:
        raise Http404 from error


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _bytes(request: HttpRequest) -> int:
    return int(request.META.get("CONTENT_LENGTH") or 0)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) <= _MOST_DIGITS else 0
