"""Taking what a step was sent with: keeping it, right or wrong, and going on, back, or nowhere."""

from functools import wraps
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portico.domains.registration.drafts import TooLong, TooManyDrafts
from portico.edges.web.accounts.sign_in import until
from portico.edges.web.register import marks, steps
from portico.edges.web.register.steps import Page, Standing, Step

GO: Final = "go"
BACK: Final = "back"
TOO_LONG: Final = "This is more than can be kept. Shorten it."
TOO_MANY: Final = (
    "Many registrations were begun from your network today. No other is begun {until}. Provider Services "
    "can take yours on the telephone."
)


def goes_back(request: HttpRequest) -> bool:
    """Was the button pressed that leads back?"""
    return request.POST.get(GO) == BACK


def form_step(request: HttpRequest, found: Standing, here: Step, **context: Any) -> HttpResponse:
    """The page of a step with a form: what was typed is kept in any case, and back is always open."""
    if request.method != "POST":
        return steps.shown(request, found, here, form=found.form(here), **context)
    form = found.form(here, request.POST)
    now = steps.keep(request, found, form.typed())
    if goes_back(request):
        return steps.go_on(now, now.before(here))
    if form.is_valid():
        return steps.go_on(now)
    response = steps.shown(request, now, here, form=form, **context)
    marks.keep(response, now.mark)
    return response


def refused_softly(page: Page) -> Page:
    """The page; where nothing more can be kept for it, that is said, and nothing is lost."""

    @wraps(page)
    def told(request: HttpRequest, found: Standing) -> HttpResponse:
        try:
            return page(request, found)
        except TooManyDrafts as error:
            messages.error(request, TOO_MANY.format(until=until(error.until)))
            return redirect("register")
        except TooLong:
            messages.error(request, TOO_LONG)
            return redirect(request.path)

    return told
