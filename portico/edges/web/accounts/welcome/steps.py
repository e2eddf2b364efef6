"""What every step of the first sign-in has in common: its turn, its place among the steps, and going on.

A page shows itself when its step is the one that is due; any other address leads to that one. The domain
looks again before it acts (accounts.activation).
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.accounts.joining import activation
from portico.domains.accounts.joining.activation import Standing
from portico.domains.accounts.joining.activation_rules import Step
from portico.domains.permits.actors import Actor
from portico.edges.web import asking, middleware

View = Callable[[HttpRequest], HttpResponse]
Page = Callable[[HttpRequest, Actor, Standing], HttpResponse]

LABELS: Final[Mapping[Step, str]] = {
    Step.TERMS: "Terms of use",
    Step.PASSWORD: "Your password",
    Step.FACTOR: "Second step",
    Step.CODES: "Recovery codes",
    Step.QUESTION: "Recovery question",
}
ROUTES: Final[Mapping[Step, str]] = {
    Step.TERMS: "welcome_terms",
    Step.PASSWORD: "welcome_password",
    Step.FACTOR: "welcome_factor",
    Step.CODES: "welcome_codes",
    Step.QUESTION: "welcome_question",
    Step.FINISH: "welcome_finish",
    Step.DONE: "home",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lead to the step that is due; home, when none is left."""
    if not asking.is_signed_in(request):
        return middleware.to_sign_in(request)
    return go_on(request)


def step(due: Step) -> Callable[[Page], View]:
    """A page of this step: shown when it is due, and leading on when it is not."""

    def turned(page: Page) -> View:
        @sensitive_post_parameters()
        @require_http_methods(["GET", "POST"])
        @wraps(page)
        def view(request: HttpRequest) -> HttpResponse:
            if not asking.is_signed_in(request):
                return middleware.to_sign_in(request)
            actor = asking.actor_of(request)
            standing = activation.standing(actor=actor)
            if standing.is_over:
                return render(request, "accounts/welcome/over.html", status=403)
            if standing.due is not due:
                return redirect(ROUTES[standing.due])
            return page(request, actor, standing)

        return view

    return turned


def go_on(request: HttpRequest) -> HttpResponse:
    """To the step that is due now."""
    standing = activation.standing(actor=asking.actor_of(request))
    return redirect(ROUTES[standing.due])


def shown(request: HttpRequest, standing: Standing, template: str, **context: Any) -> HttpResponse:
    """The page of the step that is due, with its place among all of them; 422 where its form is wrong."""
    place = {"labels": [LABELS[each] for each in standing.steps], "current": _place(standing)}
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(request, f"accounts/welcome/{template}", {**place, **context}, status=status)


def _place(standing: Standing) -> int:
    """The number of the step that is due, the first being 1; one more than there are when all are done."""
    if standing.due not in standing.steps:
        return len(standing.steps) + 1
    return standing.steps.index(standing.due) + 1
