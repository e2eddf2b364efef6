"""What the plan's desk alone does for a person: vouch for who it is, and check a caller's answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.access import looking_after
from portico.domains.access.looking_after import CannotVouch
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.question_rules import TEXTS, Question
from portico.domains.accounts.credentials.questions import Match
from portico.edges.web import asking
from portico.edges.web.people.acts import Page, ask, attempt, out_of_reach
from portico.edges.web.people.forms import AnswerForm, ReasonForm
from portico.edges.web.people.person import read
from portico.edges.web.people.sides import Side

VOUCHING = Page(
    "Vouch for {name}?",
    "You made sure yourself who this is. From now on patient data opens to {name} as far as it was granted.",
    "Vouch for it",
)
MATCHES = {
    Match.MATCH: "The answer matches. It is never enough by itself: make sure in another way too.",
    Match.NO_MATCH: "The answer does not match.",
    Match.BLOCKED: "Too many answers were wrong. For an hour none is looked at.",
    Match.BUSY: "Many people are signing in at this moment. Try again.",
}


@require_http_methods(["GET", "POST"])
def vouch(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Vouch for who it is."""
    form = ReasonForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return ask(request, side, number, VOUCHING, form)

    def act() -> str:
        why = form.cleaned_data["why"]
        looking_after.vouch(actor=asking.actor_of(request), user_id=number, why=why)
        return "The identity is vouched for."

    try:
        return attempt(request, side, number, act)
    except CannotVouch as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return redirect(side.person(number))


@sensitive_post_parameters("answer")
@require_http_methods(["GET", "POST"])
def check_caller(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Compare what a caller answers; the desk learns whether it matches, and nothing else."""
    person = read(request, side, number, lately=True)
    if not person.may_change:
        return out_of_reach(request, side, number)
    if not person.account.question:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        asked = TEXTS[Question(person.account.question)]
        page = Page("Check a caller's answer", asked, "Compare it")
        return ask(request, side, number, page, form)
    match = questions.check_for_caller(
        actor=asking.actor_of(request),
        username=person.account.row.username,
        answer=form.cleaned_data["answer"],
    )
    say = messages.success if match is Match.MATCH else messages.error
    say(request, MATCHES[match])
    return redirect(side.person(number))
