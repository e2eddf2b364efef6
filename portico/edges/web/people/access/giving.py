"""Making a user, giving an existing one the other persona, and changing what a persona may do: one form.

Its buttons that look for providers, tick a role or suggest a username send it too: then it is shown again
with all that was typed, and nothing is kept. Whoever opens it has shown lately that it is they, so that what
was typed is not asked for twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.access.delegating import changing, choices, creating, held
from portico.domains.access.delegating.choices import Form
from portico.domains.access.delegating.held import PersonaAccess
from portico.domains.access.delegating.refusals import REFUSALS, AlreadyHere, SeparateAccounts
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.edges.web.people.access import boxes, words
from portico.edges.web.people.access import chosen as choosing
from portico.edges.web.people.access.chosen import Chosen
from portico.edges.web.people.access.forms import WHO, AccessForm, NewUserForm
from portico.edges.web.people.access.picker import Asked, sought
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.person import read
from portico.edges.web.people.sides import Side

MADE_ALREADY = (
    "Nobody was made: somebody of this name and mail is here already, perhaps from sending the form twice. "
    "If it is another person, choose a username for them."
)
LINKED_ALREADY = "This person has that persona already, or had it: then it can be restored."
SEPARATE = "The plan wants a second account for that. Make one: two accounts of one person may share a mail."
WAITS = "Somebody else confirms it before it counts: another administrator of the office, or the plan."


@dataclass(frozen=True, slots=True)
class Task:
    """What the form is for: its words, and for whom."""

    side: Side
    kind: PersonaKind
    title: str
    lead: str
    submit: str
    back_url: str
    office: str = ""
    is_new: bool = False


Save = Callable[[AccessForm], HttpResponse]


@require_safe
@by_side
def choose(request: HttpRequest, side: Side) -> HttpResponse:
    """An end user, an administrator, or many from a sheet?"""
    with permit(asking.actor_of(request), side.function) as given:
        given.conclude("people_choices_shown")
    return render(request, "people/access/choose.html", {"side": side})


@require_http_methods(["GET", "POST"])
@by_side
def new(request: HttpRequest, side: Side, kind: PersonaKind) -> HttpResponse:
    """Create New User: the person, where they work, what they may do."""
    is_administrator = kind is PersonaKind.ADMINISTRATOR
    task = Task(
        side,
        kind,
        "Create a new administrator" if is_administrator else "Create a new end user",
        ADMINISTRATOR_LEAD if is_administrator else END_USER_LEAD,
        "Create the user and mail the invitation",
        side.people("new"),
        is_new=True,
    )

    def save(form: AccessForm) -> HttpResponse:
        assert isinstance(form, NewUserForm)  # noqa: S101 - tells the type checker which form it is
        actor, person = asking.actor_of(request), form.person()
        made = creating.create(actor=actor, person=person, access=form.access())
        name = f"{person.first_name} {person.last_name}".strip()
        messages.success(request, f"The invitation of {name} is on its way.")
        if made.is_proposed:
            messages.info(request, f"What they may do waits. {WAITS}")
        return redirect(side.person(made.user_id))

    return _given(request, task, save)


@require_http_methods(["GET", "POST"])
@by_side
def add(request: HttpRequest, side: Side, number: int, kind: PersonaKind) -> HttpResponse:
    """Let somebody act as the other kind too, under the same sign-in."""
    person = read(request, side, number, lately=request.method == "GET")
    office = next((each.office_key for each in person.personas if each.office_key), "")
    name = person.account.row.name
    task = Task(
        side,
        kind,
        f"Make {name} an {words.KINDS[kind]} too",
        f"{name} keeps the sign-in there is and switches openly between the two personas. {KEPT_APART}",
        "Add the persona",
        side.person(number),
        office,
    )

    def save(form: AccessForm) -> HttpResponse:
        actor = asking.actor_of(request)
        creating.add_persona(actor=actor, user_id=number, access=form.access(), office=office)
        messages.success(request, f"{name} is an {words.KINDS[kind]} too. In force from the next click on.")
        return redirect(side.person(number))

    return _given(request, task, save)


@require_http_methods(["GET", "POST"])
@by_side
def change(request: HttpRequest, side: Side, number: int, persona: int) -> HttpResponse:
    """Change what one of somebody's personas may do."""
    access = one(request, side, number, persona, lately=_button(request) in ("", "save"))
    if access.hindrance is not None or access.suspended_at is not None:
        return closed(request, side, access)
    task = Task(
        side,
        access.kind,
        f"What {access.name} may do",
        f"As an {words.KINDS[access.kind]} of {access.office_name}. What you save is in force at the next "
        "click of every open session, and stays in the history.",
        "Save the access",
        side.person(number),
        access.office_key,
    )

    def save(form: AccessForm) -> HttpResponse:
        actor, seen = asking.actor_of(request), form.cleaned_data["seen"]
        written = changing.change(actor=actor, persona_id=persona, access=form.access(), seen=seen)
        if not (written.given or written.taken):
            messages.info(request, "Nothing was changed: it is so already.")
        elif written.is_proposed:
            messages.info(request, f"It is proposed. {WAITS} What is open now stays open until then.")
        else:
            messages.success(request, f"Saved, and in force: what {access.name} may do.")
        return redirect(side.person(number))

    return _given(request, task, save, access)


def one(
    request: HttpRequest, side: Side, number: int, persona: int, *, lately: bool = False
) -> PersonaAccess:
    """The persona of that user; Http404 where there is none within reach."""
    del side
    try:
        found = held.one(actor=asking.actor_of(request), persona_id=persona, lately=lately)
    except UnknownPerson as error:
        raise Http404 from error
    if found.user_id != number:
        raise Http404
    return found


def closed(request: HttpRequest, side: Side, access: PersonaAccess) -> HttpResponse:
    """The page that says why this access is not theirs to change."""
    why = words.HINDRANCES[access.hindrance] if access.hindrance else SUSPENDED
    context = {"side": side, "access": access, "why": why, "back_url": side.person(access.user_id)}
    return render(request, "people/access/closed.html", context, status=403)


def _given(request: HttpRequest, task: Task, save: Save, access: PersonaAccess | None = None) -> HttpResponse:
    """The form as it was sent, or as it begins; saved where that was asked and nothing is wrong."""
    actor, do = asking.actor_of(request), _button(request)
    if not do and access is None:
        _open(request, task)
    try:
        offered = choices.form(actor=actor, kind=task.kind, office=task.office)
    except UnknownOffice as error:
        raise Http404 from error
    chosen = _chosen(request, task, offered, access)
    asked = Asked(actor, task.office, chosen)
    form = _form(request, task, offered, chosen, access)
    if do == "save":
        answer = _saved(request, task, form, save)
        if answer is not None:
            return answer
    elif do:
        asked.sought = sought(request.POST, do)
        asked.act(do, request.POST)
        _act(request, task, do, offered, chosen, form)
    return _page(request, task, offered, form, asked)


def _saved(request: HttpRequest, task: Task, form: AccessForm, save: Save) -> HttpResponse | None:
    """Where it goes on; None where the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return save(form)
    except UnknownPerson as error:
        raise Http404 from error
    except (OutOfReach, AlreadyHere, SeparateAccounts) as error:
        already = MADE_ALREADY if task.is_new else LINKED_ALREADY
        said: dict[type[Exception], str] = {AlreadyHere: already, SeparateAccounts: SEPARATE}
        messages.error(request, said.get(type(error), words.BEYOND_YOURS))
        return redirect(task.side.people() if task.is_new else task.back_url)
    except REFUSALS as error:
        form.refuse(error)
        return None


def _act(request: HttpRequest, task: Task, do: str, offered: Form, chosen: Chosen, form: AccessForm) -> None:
    """What the buttons beside the picker do."""
    if do == "role":
        boxes.tick(chosen, offered, request.POST.get("role", ""))
    names = [request.POST.get(name, "").strip()[:60] for name in WHO[:2]]
    if do == "suggest" and task.is_new and all(names):
        actor = asking.actor_of(request)
        form.initial["username"] = creating.suggested(actor=actor, first_name=names[0], last_name=names[1])


def _chosen(request: HttpRequest, task: Task, offered: Form, access: PersonaAccess | None) -> Chosen:
    if request.method == "POST":
        return choosing.sent(request.POST, task.kind)
    if access is not None and access.held.main is not None:
        return choosing.held(access.held.main, task.kind)
    return choosing.first(offered, task.kind)


def _form(
    request: HttpRequest, task: Task, offered: Form, chosen: Chosen, access: PersonaAccess | None
) -> AccessForm:
    kind = NewUserForm if task.is_new else AccessForm
    if _button(request) == "save":
        return kind(request.POST, chosen=chosen, latest_on=offered.latest_on)
    initial: dict[str, Any] = {"last_on": offered.latest_on}
    if request.method == "POST":
        initial = {name: request.POST.get(name, "") for name in (*WHO, "last_on", "seen")}
    elif access is not None:
        main = access.held.main
        initial = {"seen": access.held.mark, "last_on": main.where.last_on if main else offered.latest_on}
    return kind(chosen=chosen, latest_on=offered.latest_on, initial=initial)


def _page(request: HttpRequest, task: Task, offered: Form, form: AccessForm, asked: Asked) -> HttpResponse:
    chosen = asked.chosen
    is_administrator = task.kind is PersonaKind.ADMINISTRATOR
    context = {
        "task": task,
        "form": form,
        "chosen": chosen,
        "offered": offered,
        "is_administrator": is_administrator,
        "tax_ids": boxes.tax_ids(offered, chosen),
        "every_provider_why": words.WHY_EVERY.get(offered.every_provider, ""),
        "picker": asked.picker(),
        "regions": boxes.regions(offered, chosen) if offered.regions else None,
        "lines": boxes.lines(offered, chosen),
        "functions": boxes.functions(offered, chosen),
        "without_patients": boxes.without_patients(offered),
        "hands_out": boxes.hands_out(offered, chosen) if is_administrator else None,
        "roles": () if is_administrator else boxes.roles(),
        "difference": {} if is_administrator else boxes.difference(chosen.role, chosen.functions),
    }
    return render(request, "people/access/form.html", context, status=422 if form.errors else 200)


def _open(request: HttpRequest, task: Task) -> None:
    """Whoever may not do it, or has not shown lately that it is they, is told before anything is typed."""
    with permit(asking.actor_of(request), task.side.function, lately=True) as given:
        given.conclude("access_form_shown")


def _button(request: HttpRequest) -> str:
    """The button that was pressed; "" for a page that is only opened. Enter looks for providers."""
    return request.POST.get("do", "look") if request.method == "POST" else ""


END_USER_LEAD = (
    "Somebody who works with patients. They get an invitation by mail that works for a day; you tell them "
    "the username yourself."
)
ADMINISTRATOR_LEAD = (
    "Somebody who makes users and says what they may do, here as far as you let them. Administrators see no "
    "patient data."
)
KEPT_APART = "As an administrator nobody sees patient data."
SUSPENDED = "This persona is suspended. Restore it first; then you can change what it may do."
