"""Support cases at the plan's desk: the queue as it is due, one case, answers, notes, taking it, its end."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from portico.domains.support import case_review
from portico.domains.support.case_review import Case, HoldsPatients, NoCase, TooManyOpen, Which
from portico.domains.support.case_rules import BY_THE_PLAN, CaseEnding, State
from portico.edges.web import asking, enquiry_words
from portico.edges.web.help import words
from portico.edges.web.help.forms import WordsForm
from portico.edges.web.rendering import Options
from portico.shared import identifiers

ANSWER, NOTE = "answer", "note"
FULL: Final = "This case is full. Ask the person to open another one."
WHICH: Final = {
    Which.WAITING: "All that wait",
    Which.MINE: "Those I have taken",
    Which.ANSWERED: "Answered",
    Which.CLOSED: "Closed",
}
_LABELS: Final = {ANSWER: "Answer", NOTE: "Note for colleagues"}


class EndingForm(forms.Form):
    """How a case ended."""

    ending = forms.TypedChoiceField(
        label="How it ended",
        choices=[(str(ending), words.ENDINGS[ending]) for ending in BY_THE_PLAN],
        coerce=CaseEnding,
        widget=Options(),
        error_messages={"required": "Choose how it ended.", "invalid_choice": "Choose one of these."},
    )


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The cases, the soonest due first."""
    asked = request.GET.get("show", "")
    which = Which(asked) if asked in set(Which) else Which.WAITING
    found = case_review.queue(actor=asking.actor_of(request), which=which, after=request.GET.get("after", ""))
    context = {
        "queue": found,
        "which": which,
        "choices": WHICH.items(),
        "rows": [
            (each, words.TOPICS[each.row.topic], words.verdict(each.row.verdict)) for each in found.page.rows
        ],
    }
    return render(request, "staff/help_desk/cases.html", context)


@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One case."""
    return _page(request, reference, {})


@sensitive_post_parameters()
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer whoever asked."""
    return _write(request, reference, ANSWER, case_review.answer, "They are told that an answer is here.")


@sensitive_post_parameters()
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep a note for colleagues."""
    return _write(request, reference, NOTE, case_review.note, "The note is kept.")


@require_POST
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a case."""
    try:
        case_review.take(actor=asking.actor_of(request), reference=reference)
    except NoCase as error:
        raise Http404 from error
    messages.success(request, "It is yours.")
    return redirect("staff_case", reference)


@require_POST
def end(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case."""
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, {"ending": form})
    try:
        is_done = case_review.end(
            actor=asking.actor_of(request), reference=reference, ending=form.cleaned_data["ending"]
        )
    except NoCase as error:
        raise Http404 from error
    messages.success(request, "The case is closed." if is_done else "It is closed already.")
    return redirect("staff_cases")


def _write(
    request: HttpRequest, reference: str, kind: str, act: Callable[..., None], done: str
) -> HttpResponse:
    form = WordsForm(request.POST, label=_LABELS[kind], prefix=kind)
    if form.is_valid():
        said = form.cleaned_data["words"]
        try:
            act(actor=asking.actor_of(request), reference=reference, words=said)
        except HoldsPatients as error:
            form.add_error("words", enquiry_words.refusal(error.found))
        except TooManyOpen:
            form.add_error("words", FULL)
        except NoCase as error:
            raise Http404 from error
        else:
            messages.success(request, done)
            return redirect("staff_case", reference)
    return _page(request, reference, {kind: form})


def _page(request: HttpRequest, reference: str, sent: dict[str, forms.Form]) -> HttpResponse:
    try:
        case = case_review.one(actor=asking.actor_of(request), reference=reference)
    except NoCase as error:
        raise Http404 from error
    row = case.listed.row
    said, tone = words.STATES[row.state]
    context: dict[str, Any] = {
        "case": case,
        "row": row,
        "reference": identifiers.group_reference(row.reference),
        "topic": words.TOPICS[row.topic],
        "said": said,
        "tone": tone,
        "verdict": words.verdict(row.verdict),
        "how": words.ENDINGS[row.ending] if row.ending else "",
        "is_open": row.state is not State.CLOSED,
        "facts": [words.fact(name, value) for name, value in case.facts.items()],
        "function": case.facts.get("function", ""),
        "written": [(each, _writer(case, each.by, is_plan=each.from_plan)) for each in case.entries],
        "answer": sent.get(ANSWER) or WordsForm(label=_LABELS[ANSWER], prefix=ANSWER),
        "note": sent.get(NOTE) or WordsForm(label=_LABELS[NOTE], prefix=NOTE),
        "ending": sent.get("ending") or EndingForm(),
    }
    status = 422 if any(form.errors for form in sent.values()) else 200
    return render(request, "staff/help_desk/case.html", context, status=status)


def _writer(case: Case, by: int | None, *, is_plan: bool) -> str:
    return case.writers.get(by or 0, "The plan") if is_plan else case.listed.person.name or "The sender"
