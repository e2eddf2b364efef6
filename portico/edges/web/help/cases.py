"""Support cases of whoever opens them: the facts to look through, sending, writing more, taking back."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.support import cases
from portico.domains.support.case_rules import State
from portico.domains.support.cases import HoldsPatients, New, NoCase, Preview, TooManyOpen
from portico.domains.support.diagnosing import Asked
from portico.domains.support.facts import ALWAYS
from portico.edges.web import asking, browsers, enquiry_words, parts
from portico.edges.web.help import diagnose, words
from portico.edges.web.help.forms import CaseForm, WordsForm
from portico.shared import identifiers

TOO_MANY: Final = (
    "As many cases of yours are open as we can look after at a time. Write in one of them instead."
)
FULL: Final = "This case is full. Open another one, and name this one in it."


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """One's own cases, the newest first."""
    page = cases.mine(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    rows = [
        (row, words.TOPICS[row.topic], words.verdict(row.verdict), *words.STATES[row.state])
        for row in page.rows
    ]
    return render(request, "help/cases.html", {"rows": rows, "next_key": page.next_key})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show what goes with a case, and send it; first it is looked through."""
    actor, asked_form = asking.actor_of(request), diagnose.asked_form(request)
    is_asked = asked_form.is_valid()
    asked = asked_form.asked() if is_asked else Asked(asked_form.fields["function"].initial)
    entrance, browser = diagnose.entrance_of(parts.of(request)), browsers.name_of(request)
    shown = cases.preview(actor=actor, asked=asked, entrance=entrance, browser=browser)
    if asked_form.is_bound and not is_asked:
        return render(request, "help/diagnose.html", {"form": asked_form}, status=422)
    form = CaseForm(shown.facts, request.POST if "send" in request.POST else None)
    if form.is_bound and form.is_valid():
        reference = _opened(request, form, asked, entrance, browser)
        if reference:
            messages.success(request, "Your case is with the plan.")
            return redirect("case", reference)
    return _new_page(request, shown, form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One's own case; a POST writes more in it."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _written(request, reference, form):
        messages.success(request, "It is written, and the case is with the plan again.")
        return redirect("case", reference)
    try:
        case = cases.one(actor=asking.actor_of(request), reference=reference)
    except NoCase as error:
        raise Http404 from error
    said, tone = words.STATES[case.row.state]
    context = {
        "case": case,
        "reference": identifiers.group_reference(case.row.reference),
        "topic": words.TOPICS[case.row.topic],
        "said": said,
        "tone": tone,
        "ending": words.ENDINGS[case.row.ending] if case.row.ending else "",
        "written": [(each, "The plan" if each.from_plan else "You") for each in case.entries],
        "is_open": case.row.state is not State.CLOSED,
        "facts": [words.fact(name, value) for name, value in case.facts.items()],
        "form": form,
    }
    return render(request, "help/case.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's own case back."""
    try:
        is_done = cases.withdraw(actor=asking.actor_of(request), reference=reference)
    except NoCase as error:
        raise Http404 from error
    messages.success(request, "Your case is withdrawn." if is_done else "It is closed already.")
    return redirect("cases")


def _opened(request: HttpRequest, form: CaseForm, asked: Asked, entrance: str, browser: str) -> str:
    """The reference of the case that was opened; "", and said in the form, where none was."""
    said: dict[str, Any] = form.cleaned_data
    case = New(
        said["topic"],
        asked,
        words=said["words"],
        keep=frozenset(said["keep"]),
        entrance=entrance,
        browser=browser,
        key=said["once"],
    )
    try:
        return cases.open_case(actor=asking.actor_of(request), new=case)
    except HoldsPatients as error:
        form.add_error("words", enquiry_words.refusal(error.found))
    except TooManyOpen:
        form.add_error(None, TOO_MANY)
    return ""


def _written(request: HttpRequest, reference: str, form: WordsForm) -> bool:
    """Was it written? Where not, the form says why. Raises Http404."""
    try:
        cases.write(actor=asking.actor_of(request), reference=reference, words=form.cleaned_data["words"])
    except HoldsPatients as error:
        form.add_error("words", enquiry_words.refusal(error.found))
        return False
    except TooManyOpen:
        form.add_error("words", FULL)
        return False
    except NoCase as error:
        raise Http404 from error
    return True


def _new_page(request: HttpRequest, shown: Preview, form: CaseForm) -> HttpResponse:
    asked = shown.diagnosis.asked
    named = ("function", "line", "region", "tax_id", "provider", "reference")
    context = {
        "form": form,
        "sent": [(name, str(getattr(asked, name))) for name in named],
        "always": [
            words.fact(name, value) for name, value in shown.facts.items() if name in ALWAYS and value
        ],
    }
    return render(request, "help/case_new.html", context, status=422 if form.errors else 200)
