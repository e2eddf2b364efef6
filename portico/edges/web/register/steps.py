"""The steps of a registration: which there are, which are done, and what each page has in common.

A step is done when what was kept of it would be taken by its form now: so terms published meanwhile, a region
the plan serves no more, or a catalogue that was changed lead back to the step they belong to. A page shows
itself when every step before it is done, and any other address leads to the first that is not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.registration import applications, drafts
from portico.domains.registration.catalogue_rows import Offer
from portico.edges.web import addresses, asking
from portico.edges.web.register import marks, offered
from portico.edges.web.register.every_form import FORMS
from portico.edges.web.register.forms import StepForm
from portico.edges.web.register.kept import READY, Kept
from portico.edges.web.register.offered import Offered

View = Callable[[HttpRequest], HttpResponse]


class Step(StrEnum):
    """A page of the registration."""

    TERMS = "terms"
    REGION = "region"
    ACCOUNT = "account"
    PERSON = "person"
    AT_HAND = "at_hand"
    FACTS = "facts"
    CONTACT = "contact"
    REVIEW = "review"


LABELS: Final[Mapping[Step, str]] = {
    Step.TERMS: "Terms",
    Step.REGION: "Regions",
    Step.ACCOUNT: "Account",
    Step.PERSON: "You",
    Step.AT_HAND: "At hand",
    Step.FACTS: "Numbers",
    Step.CONTACT: "Contact",
    Step.REVIEW: "Review",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose browser it is, what is kept of it, what is offered, the steps there are, and those to be done."""

    mark: str
    kept: Kept
    offered: Offered
    steps: tuple[Step, ...]
    undone: tuple[Step, ...]

    @property
    def due(self) -> Step:
        """The first step that is not done; the review where all are."""
        return self.undone[0] if self.undone else Step.REVIEW

    @property
    def offer(self) -> Offer | None:
        """What the applicant chose to register as."""
        return self.offered.offer(self.kept.text("account_type"), self.kept.text("user_type"))

    def before(self, step: Step) -> Step | None:
        """The step before this one; None before the first."""
        place = self.steps.index(step)
        return self.steps[place - 1] if place else None

    def form(self, step: Step, sent: Any = None) -> StepForm:
        """The form of a step with what was sent, or with what is kept of it."""
        return FORMS[step](sent, kept=self.kept, offered=self.offered)


Page = Callable[[HttpRequest, Standing], HttpResponse]


def address(step: Step) -> str:
    """The page of a step."""
    return reverse(f"register_{step}")


def standing(request: HttpRequest) -> Standing:
    """How far this browser is."""
    mark, offers = marks.of(request), offered.now()
    values = drafts.read(actor=asking.actor_of(request), mark=mark) if mark else {}
    return _standing(mark, Kept(values), offers)


def step(here: Step) -> Callable[[Page], View]:
    """A page of this step: shown once every step before it is done."""

    def turned(page: Page) -> View:
        @sensitive_post_parameters()
        @require_http_methods(["GET", "POST"])
        @wraps(page)
        def view(request: HttpRequest) -> HttpResponse:
            if asking.is_signed_in(request):
                return redirect("register")
            found = standing(request)
            return page(request, found) if _may_see(found, here) else _elsewhere(request, found)

        return view

    return turned


def keep(request: HttpRequest, found: Standing, values: Mapping[str, object]) -> Standing:
    """Keep these values in the draft of this browser, and answer how far it is now.

    A browser that has submitted one registration begins another under a new mark. Raises TooLong,
    TooManyDrafts.
    """
    kept = found.kept.having(values)
    mark = found.mark or marks.new()
    try:
        _keep(request, mark, kept)
    except drafts.AlreadySubmitted:
        mark = marks.new()
        _keep(request, mark, kept)
    return _standing(mark, kept, found.offered)


def _keep(request: HttpRequest, mark: str, kept: Kept) -> None:
    address = addresses.client_address(request)
    drafts.keep(actor=asking.actor_of(request), mark=mark, values=kept.values, address=address)


def _may_see(found: Standing, here: Step) -> bool:
    return here in found.steps and found.steps.index(here) <= found.steps.index(found.due)


def _elsewhere(request: HttpRequest, found: Standing) -> HttpResponse:
    """To what became of it, where it was sent a moment ago; else to the step that is due."""
    if found.mark and applications.again(actor=asking.actor_of(request), mark=found.mark):
        return redirect("register_received")
    return redirect(address(found.due))


def go_on(found: Standing, to: Step | None = None) -> HttpResponse:
    """To that step, or to the one that is due; the browser takes its mark along."""
    response = redirect(address(to or found.due))
    marks.keep(response, found.mark)
    return response


def shown(request: HttpRequest, found: Standing, here: Step, **context: Any) -> HttpResponse:
    """The page of a step with its place among all of them; 422 where its form is wrong."""
    form, place = context.get("form"), found.steps.index(here)
    before = found.before(here)
    known = {
        "labels": [LABELS[each] for each in found.steps],
        "urls": [address(each) for each in found.steps[:place]],
        "current": place + 1,
        "before": address(before) if before else reverse("register"),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, f"register/{here}.html", {**known, **context}, status=status)


def _standing(mark: str, kept: Kept, offers: Offered) -> Standing:
    is_there = {Step.TERMS: offers.terms is not None, Step.REGION: bool(offers.regions)}
    there = tuple(each for each in Step if is_there.get(each, True))
    undone = tuple(each for each in there[:-1] if not _is_done(each, kept, offers))
    return Standing(mark, kept, offers, there, undone)


def _is_done(here: Step, kept: Kept, offers: Offered) -> bool:
    if here is Step.TERMS:
        return offers.terms is not None and kept.text("terms_digest") == offers.terms.digest
    if here is Step.AT_HAND:
        return kept.text(READY) == f"{kept.text('account_type')}.{kept.text('user_type')}"
    return FORMS[here](kept.sent(), kept=kept, offered=offers).is_valid()
