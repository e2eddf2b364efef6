"""What is done about somebody's account: an act says what it does, asks why where that is kept, does it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access import looking_after
from portico.domains.access.looking_after import CannotInvite, OutOfReach, UnknownPerson, Why
from portico.domains.access.people import Person
from portico.edges.web import asking
from portico.edges.web.people import words
from portico.edges.web.people.forms import AddressForm, WhyForm
from portico.edges.web.people.person import read
from portico.edges.web.people.sides import Side


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an act's page: its question, what it does, its button; `is_grave`: it takes something."""

    title: str
    lead: str
    submit: str
    is_grave: bool = False


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Forget the failed sign-ins."""
    page = Page(
        "Unlock {name}?",
        "The failed sign-ins are forgotten, and the next try counts as the first. Make sure who asks you: "
        "whoever guesses passwords asks for this too.",
        "Unlock",
    )
    form = WhyForm(request.POST or None, whys=looking_after.UNLOCKING)
    done = ("{name} is unlocked.", "There were no failed sign-ins to forget.")
    act = partial(looking_after.unlock, function=side.function)
    return _with_why(request, side, number, page, form, act, done)


@require_http_methods(["GET", "POST"])
def disable(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Let nobody sign in with the account."""
    page = Page(
        "Disable the account of {name}?",
        "Every open session ends at its next click, and nobody signs in with it. Nothing is deleted: what "
        "was done with it stays in the audit, and the plan can enable it again.",
        "Disable it",
        is_grave=True,
    )
    form = WhyForm(request.POST or None, whys=looking_after.DISABLING)
    done = ("The account of {name} is disabled.", "It was disabled before.")
    return _with_why(request, side, number, page, form, looking_after.disable, done)


@require_http_methods(["GET", "POST"])
def enable(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Open a disabled account again."""
    page = Page(
        "Enable the account of {name}?",
        "It signs in again with what it had, and may do what it might before.",
        "Enable it",
    )
    form = WhyForm(request.POST or None, whys=looking_after.ENABLING)
    done = ("The account of {name} is enabled.", "It is not disabled.")
    return _with_why(request, side, number, page, form, looking_after.enable, done)


@require_POST
def reactivate(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Open a suspended account again, by one click."""

    def act() -> str:
        done = looking_after.reactivate(
            actor=asking.actor_of(request), function=side.function, user_id=number
        )
        return "The account is open again." if done else "It is not suspended."

    return attempt(request, side, number, act)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Mail a new invitation."""
    page = Page(
        "Send {name} a new invitation?",
        "It goes to {mail} and works for a day, once. The one before works no more, and what was begun with "
        "it is begun anew. The mail holds no username: tell {name} the username yourself, by telephone or in "
        "person.",
        "Send it",
    )
    form = AddressForm(request.POST or None) if side.is_plan else None
    if request.method == "GET" or (form is not None and form.errors):
        return ask(request, side, number, page, form)
    email = form.cleaned_data.get("email", "") if form is not None and form.is_valid() else ""

    def act() -> str:
        actor = asking.actor_of(request)
        if email:
            looking_after.invite_elsewhere(actor=actor, user_id=number, email=email)
        else:
            looking_after.invite_again(actor=actor, function=side.function, user_id=number)
        return "A new invitation is on its way."

    return attempt(request, side, number, act)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """Take the invitation back."""
    page = Page(
        "Take the invitation of {name} back?",
        "What was mailed works no more, and what was begun with it ends. You can send a new one later.",
        "Take it back",
        is_grave=True,
    )
    if request.method == "GET":
        return ask(request, side, number, page)

    def act() -> str:
        done = looking_after.cancel_invitation(
            actor=asking.actor_of(request), function=side.function, user_id=number
        )
        return "The invitation is taken back." if done else "No invitation is open."

    return attempt(request, side, number, act)


def ask(request: HttpRequest, side: Side, number: int, page: Page, form: Form | None = None) -> HttpResponse:
    """The page that asks before an act; whoever may not do it is told who does."""
    person = read(request, side, number, lately=True)
    if not person.may_change:
        return out_of_reach(request, side, number)
    names = {"name": person.account.row.name, "mail": person.account.email}
    context = {
        "title": page.title.format(**names),
        "lead": page.lead.format(**names),
        "page": page,
        "form": form,
        "back_url": side.person(number),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/act.html", context, status=status)


def attempt(request: HttpRequest, side: Side, number: int, act: Callable[[], str]) -> HttpResponse:
    """Do it, and go back to the person's page with what came of it."""
    try:
        messages.success(request, act())
    except UnknownPerson as error:
        raise Http404 from error
    except OutOfReach:
        return out_of_reach(request, side, number)
    except CannotInvite as error:
        messages.error(request, words.CANNOT_INVITE[error.hindrance])
    return redirect(side.person(number))


def out_of_reach(request: HttpRequest, side: Side, number: int) -> HttpResponse:
    """The page that says who looks after this account instead."""
    context = {"side": side, "back_url": side.person(number)}
    return render(request, "people/out_of_reach.html", context, status=403)


def _with_why(
    request: HttpRequest,
    side: Side,
    number: int,
    page: Page,
    form: WhyForm,
    act: Callable[..., bool],
    done: tuple[str, str],
) -> HttpResponse:
    if request.method == "GET" or not form.is_valid():
        return ask(request, side, number, page, form)

    def do() -> str:
        person: Person = read(request, side, number)
        why = Why(form.cleaned_data["why"])
        is_done = act(actor=asking.actor_of(request), user_id=number, why=why)
        return (done[0] if is_done else done[1]).format(name=person.account.row.name)

    return attempt(request, side, number, do)
