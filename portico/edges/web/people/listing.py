"""The people one looks after: found by a POST, listed with what they may do, taken home as a file.

What was looked for is remembered for the session, so that whoever looks at one person comes back to the same
list; it stands in no address.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access import factor_resetting, people
from portico.domains.access.people import Listed, PersonaHeld
from portico.domains.accounts.joining.provisioning_rules import Standing
from portico.edges.web import asking, csv_written
from portico.edges.web.people import words
from portico.edges.web.people.forms import SoughtForm
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import pages

HEADS = ("name", "username", "acts_as", "state", "last_sign_in", "functions_open_today")
OFFICE = "office"
AT_ONCE = 200
AT_A_GLANCE = 3


@dataclass(frozen=True, slots=True)
class Act:
    """What is often done from the list, and where; `sends`: by one click."""

    label: str
    url: str
    sends: bool = False


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, side: Side) -> HttpResponse:
    """The people, the newest first, narrowed as it was asked last."""
    actor, form = asking.actor_of(request), _form(request, side)
    is_valid = form.is_valid()
    page = _page(request, side, form, key=form.cleaned_data.get("after", "") if is_valid else "")
    wanted = form.wanted() if is_valid else {}
    if request.method == "POST" and is_valid:
        _remember(request, side, wanted)
    context = {
        "side": side,
        "form": form,
        "rows": [_row(side, each, actor.user_id) for each in page.rows],
        "next": {**wanted, "after": page.next_key} if page.next_key else {},
        "wanted": wanted,
        "is_sought": bool(wanted),
        "everybody_url": side.people("everybody"),
        "file_url": side.people("file"),
        "waiting_url": side.people("waiting"),
        "resets": [
            (each, side.person(each.user_id))
            for each in factor_resetting.waiting(actor=actor, function=side.function)
        ],
    }
    return render(request, "people/people.html", context, status=422 if form.errors else 200)


@require_POST
@by_side
def everybody(request: HttpRequest, side: Side) -> HttpResponse:
    """View All: forget what was looked for."""
    _remember(request, side, {})
    return redirect(side.people())


@require_POST
@by_side
def file(request: HttpRequest, side: Side) -> HttpResponse:
    """The list as it was asked last, all of it, as CSV."""
    form = SoughtForm(_remembered(request, side), with_office=side.is_plan)
    heads = (*HEADS, OFFICE) if side.is_plan else HEADS
    rows = (_cells(side, each) for each in _all(request, side, form))
    return csv_written.attached("people.csv", heads, rows)


def _form(request: HttpRequest, side: Side) -> SoughtForm:
    sent = request.POST if request.method == "POST" else _remembered(request, side)
    return SoughtForm(sent, with_office=side.is_plan)


def _page(
    request: HttpRequest, side: Side, form: SoughtForm, *, key: str, size: int = people.PAGE
) -> pages.Page[Listed]:
    """A page of the list; of everybody where what is asked for cannot be read."""
    is_valid = form.is_valid()
    return people.page(
        actor=asking.actor_of(request),
        function=side.function,
        sought=form.sought() if is_valid else None,
        office=form.cleaned_data.get("office", "") if is_valid else "",
        holding=form.holding() if is_valid else None,
        key=key,
        size=size,
    )


def _all(request: HttpRequest, side: Side, form: SoughtForm) -> Iterator[Listed]:
    """Everybody of the list, a part for each permit, asked by who the actor is by then."""
    key: str | None = ""
    while key is not None:
        asking.anew(request)
        page = _page(request, side, form, key=key, size=AT_ONCE)
        yield from page.rows
        key = page.next_key


def _remember(request: HttpRequest, side: Side, wanted: dict[str, str]) -> None:
    request.session[_place(request, side)] = wanted


def _remembered(request: HttpRequest, side: Side) -> dict[str, str]:
    kept: dict[str, str] = request.session.get(_place(request, side), {})
    return kept


def _place(request: HttpRequest, side: Side) -> str:
    """By persona: what one looked for in one office is not looked for in another."""
    return f"people_sought:{side.prefix}{asking.actor_of(request).persona_id}"


def _row(side: Side, listed: Listed, own: int | None) -> dict[str, object]:
    said, tone = words.STANDINGS[listed.row.standing]
    return {
        "row": listed.row,
        "url": side.person(listed.row.user_id),
        "personas": [_persona(held) for held in listed.personas if held.suspended_at is None],
        "said": said,
        "tone": tone,
        "acts": list(_acts(side, listed)) if listed.row.user_id != own else [],
    }


def _persona(held: PersonaHeld) -> tuple[str, str, str, int]:
    """What somebody acts as, where, the first functions by name, and how many more there are."""
    kind, where = words.persona(held)
    names = [FUNCTION_NAMES[each] for each in held.opened]
    return kind, where, ", ".join(names[:AT_A_GLANCE]), max(0, len(names) - AT_A_GLANCE)


def _acts(side: Side, listed: Listed) -> Iterator[Act]:
    number, standing = listed.row.user_id, listed.row.standing
    if standing in (Standing.INVITED, Standing.INVITATION_OVER):
        yield Act("Resend", side.person(number, "invite"))
    elif standing is Standing.LOCKED:
        yield Act("Unlock", side.person(number, "unlock"))
    elif standing is Standing.SUSPENDED:
        yield Act("Reactivate", side.person(number, "reactivate"), sends=True)
    for held in listed.personas:
        if held.office_key and held.suspended_at is None:
            yield Act("Edit access", side.persona(number, held.id))


def _cells(side: Side, listed: Listed) -> tuple[str, ...]:
    row, here = listed.row, [held for held in listed.personas if held.suspended_at is None]
    last = row.last_login.isoformat(timespec="seconds") if row.last_login else ""
    opened = dict.fromkeys(FUNCTION_NAMES[each] for held in here for each in held.opened)
    cells = (
        row.name,
        row.username,
        "; ".join(words.persona(held)[0] for held in here),
        words.STANDINGS[row.standing][0],
        last,
        "; ".join(opened),
    )
    return (*cells, "; ".join(words.persona(held)[1] for held in here)) if side.is_plan else cells
