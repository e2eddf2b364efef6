"""The questions that go with a request: those that matter, page by page as the answers make them appear."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import draft_checking, questions
from portico.domains.authorizations.draft_checking import Looked
from portico.domains.authorizations.draft_faults import UnknownDraft
from portico.domains.authorizations.questionnaires import Whole
from portico.edges.web import asking
from portico.edges.web.authorizations.requesting import writing
from portico.edges.web.authorizations.requesting.question_forms import QuestionForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask what matters; go on to the documents where there is nothing to ask, or all is answered."""
    try:
        looked = draft_checking.look(actor=asking.actor_of(request), draft=draft)
    except UnknownDraft as error:
        return writing.receipt_or_unknown(draft, error)
    whole = looked.questionnaire
    if whole is None:
        return redirect("request_documents", draft=draft)
    if request.method != "POST":
        return _page(request, looked, whole, _form(whole, looked.answers))
    return _answered(request, looked, whole)


def _answered(request: HttpRequest, looked: Looked, whole: Whole) -> HttpResponse:
    """Keep what was answered; questions that appear by it are asked before going on."""
    draft = looked.draft.listed.id
    shown = {name.removeprefix("q-") for name in request.POST if name.startswith("q-")}
    seen = [each for each in whole.questions if each.id in shown | _applying(whole, looked.answers)]
    form = QuestionForm(request.POST, asked=seen, answers={})
    if not form.is_valid():
        return _page(request, looked, whole, form, status=422)
    answers = form.answers()
    kept = questions.kept(whole.questions, answers)
    content = replace(looked.draft.content, questionnaire=whole.name, answers=kept)
    if not writing.saved(request, looked.draft, content) or request.POST.get("do") == "save":
        return redirect("request_questions", draft=draft)
    wrong = questions.wrong(whole.questions, dict(kept))
    if not wrong:
        return redirect("request_documents", draft=draft)
    again = draft_checking.look(actor=asking.actor_of(request), draft=draft)
    form = QuestionForm(request.POST, asked=_asked(whole, dict(kept)), answers=dict(kept))
    form.is_valid()
    form.say({key: why for key, why in wrong.items() if key in {each.id for each in seen}})
    return _page(request, again, whole, form, status=422 if form.errors else 200)


def _form(whole: Whole, answers: dict[str, str]) -> QuestionForm:
    return QuestionForm(asked=_asked(whole, answers), answers=answers)


def _asked(whole: Whole, answers: dict[str, str]) -> tuple[questions.Question, ...]:
    return questions.applying(whole.questions, answers)


def _applying(whole: Whole, answers: dict[str, str]) -> set[str]:
    return {each.id for each in _asked(whole, answers)}


def _page(
    request: HttpRequest, looked: Looked, whole: Whole, form: QuestionForm, *, status: int = 200
) -> HttpResponse:
    context = writing.frame(looked.draft, 2) | {"form": form, "title": whole.title}
    return render(request, "authorizations/requesting/questions.html", context, status=status)
