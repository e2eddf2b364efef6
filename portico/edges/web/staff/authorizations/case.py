"""One request at the plan's desk: everything about it, whose it is, notes, its letters and documents."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.authorizations import (
    asking_more,
    documents,
    extending,
    letters,
    office_notes,
    question_kinds,
    reviewing,
)
from portico.domains.authorizations.extending import NotExtended
from portico.domains.authorizations.reviewing import Case, Handing
from portico.domains.permits.functions import Function
from portico.edges.web import asking, attachments
from portico.edges.web.authorization_letters import as_pdf
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.staff.authorizations import shown, words
from portico.shared import pages

_NOT_EXTENDED: Final = {
    "changed": "Somebody was quicker: the request has changed since you opened it. Look at it again.",
    "settled": "It is decided, so its clock is at rest.",
    "overdue": "It is late already. A longer clock would not make it be in time.",
    "extended_before": "It was made longer once. The rule allows no second time.",
    "not_allowed": "The rule of this request allows no longer time.",
    "no_clock": "This request has no clock.",
    "reason_unknown": "Choose a reason.",
}
_HANDED: Final = {"take": "It is yours now.", "let_go": "It is everybody's again."}


class NoteForm(forms.Form):
    """A note for the plan's own people."""

    text = forms.CharField(
        label="Note",
        help_text="The plan's people read it. No office does.",
        max_length=office_notes.LONGEST,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the note."},
    )


class ExtendForm(forms.Form):
    """Why the decision takes longer, and the version of the request that was looked at."""

    reason = forms.ChoiceField(
        label="Why?",
        choices=[("", "Choose a reason"), *words.EXTENSIONS.items()],
        help_text="The office and the patient read it in a letter.",
        error_messages={"required": "Choose a reason."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput({"autocomplete": "off"}))


@require_safe
def one(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """One request."""
    return page(request, authorization)


@require_POST
def hand(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Take it, let it go, or hand it over to a colleague."""
    do, to = request.POST.get("do", ""), request.POST.get("to", "")
    told: dict[str, Any] = {"actor": asking.actor_of(request), "authorization": authorization}
    if do == "take":
        done = reviewing.take(**told)
    elif do == "let_go":
        done = reviewing.let_go(**told)
    else:
        done = reviewing.hand_over(**told, user_id=int(to) if pages.is_row(to) else 0)
    if done is Handing.NOT_FOUND:
        raise Http404
    if done is Handing.NOBODY:
        messages.error(request, "Choose a colleague who reviews requests.")
    else:
        messages.success(request, _HANDED.get(do, "It is handed over. Your colleague is told."))
    return redirect("authorization_case", authorization)


@require_POST
def note(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Write a note for the plan's own people."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, authorization, note_form=form)
    text = form.cleaned_data["text"]
    if not reviewing.note(actor=asking.actor_of(request), authorization=authorization, text=text):
        raise Http404
    messages.success(request, "The note is kept.")
    return redirect("authorization_case", authorization)


@require_POST
def extend(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Take longer to decide, for a coded reason."""
    form = ExtendForm(request.POST)
    if not form.is_valid():
        return page(request, authorization, extend_form=form)
    given = form.cleaned_data
    done = extending.extend(
        actor=asking.actor_of(request),
        authorization=authorization,
        version=given["version"],
        code=given["reason"],
    )
    if done is None:
        raise Http404
    if isinstance(done, NotExtended):
        messages.error(request, _NOT_EXTENDED.get(done.code, "The clock stays as it was."))
    else:
        messages.success(request, "The clock is longer. The offices are told, with a letter that says why.")
    return redirect("authorization_case", authorization)


@require_POST
def withdraw(request: HttpRequest, authorization: UUID, question: UUID) -> HttpResponse:
    """Take a question back."""
    actor = asking.actor_of(request)
    if not asking_more.withdraw(actor=actor, authorization=authorization, question=question):
        raise Http404
    messages.success(request, "Taken back. The office is told that it need not answer.")
    return redirect("authorization_case", authorization)


@require_POST
def replay(request: HttpRequest, authorization: UUID, trace: int) -> HttpResponse:
    """Run what the rules made of it again, from what was kept."""
    same = reviewing.replay(actor=asking.actor_of(request), authorization=authorization, trace=trace)
    if same is None:
        raise Http404
    if same:
        messages.success(
            request, "Run again from what was kept: the same rules, the same steps, the same outcome."
        )
    else:
        messages.error(request, "Run again, something else came of it. Tell whoever runs the portal.")
    return redirect("authorization_case", authorization)


@require_safe
def letter(request: HttpRequest, authorization: UUID, letter: UUID) -> HttpResponse:
    """A letter, as PDF."""
    kept = letters.read_at_desk(actor=asking.actor_of(request), authorization=authorization, letter=letter)
    if kept is None:
        raise Http404
    return as_pdf(kept)


@require_safe
def document(request: HttpRequest, authorization: UUID, document: UUID) -> HttpResponse:
    """A document of the request, as an attachment."""
    try:
        file = documents.hand_out(
            actor=asking.actor_of(request),
            authorization=authorization,
            document=document,
            function=Function.AUTHORIZATION_REVIEW,
        )
    except documents.UnknownDocument as error:
        raise Http404 from error
    return attachments.sent(file.name, file.content_type, file.content)


def found(request: HttpRequest, authorization: UUID) -> Case:
    """The request as the desk reads it. Raises Http404."""
    case = reviewing.case(actor=asking.actor_of(request), authorization=authorization)
    if case is None:
        raise Http404
    return case


def told(case: Case) -> dict[str, Any]:
    """What every page about a request shows of it."""
    listed = case.page.listed
    return {
        "case": case,
        "page": case.page,
        "listed": listed,
        "kind": codes.KINDS.get(listed.kind, listed.kind),
        "level": codes.LEVELS.get(listed.level, listed.level),
        "state": codes.STATES[listed.state],
        "tone": codes.TONES[listed.state],
        "left": shown.left(listed.clock),
        "services": shown.services(case.page.services, case.to_decide, case.awaited),
        "basis": words.BASES[case.basis],
    }


def page(
    request: HttpRequest,
    authorization: UUID,
    *,
    note_form: NoteForm | None = None,
    extend_form: ExtendForm | None = None,
) -> HttpResponse:
    """The page of a request, with forms as they were sent."""
    case = found(request, authorization)
    questions = [
        (each, question_kinds.BY_CODE.get(each.kind, each.kind), *words.QUESTION_STATES[each.state])
        for each in case.page.asked
    ]
    context = {
        **told(case),
        "parties": [(codes.ROLES[party.role], party) for party in case.page.parties],
        "questions": questions,
        "letters": [(each, words.LETTERS.get(each.kind, each.kind)) for each in case.page.letters],
        "history": shown.history(case.page.events),
        "decisions": [
            (each, words.OUTCOMES.get(each.outcome, each.outcome), words.BASES[each.basis])
            for each in case.decisions
        ],
        "earlier": [(each, codes.STATES[each.state], codes.TONES[each.state]) for each in case.earlier],
        "traces": [shown.trace(each) for each in case.traces],
        "note_form": note_form or NoteForm(),
        "extend_form": extend_form or ExtendForm(initial={"version": case.page.version}),
    }
    is_wrong = note_form is not None or extend_form is not None
    return render(request, "staff/authorizations/case.html", context, status=422 if is_wrong else 200)
