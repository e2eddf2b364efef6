"""The mirror's pages: who looked up whom, what is unusual about it, and the same to take home."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access import mirror
from portico.domains.access.mirror import Look, Sought
from portico.domains.offices import offices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking, csv_written
from portico.edges.web.lookups import words
from portico.edges.web.lookups.forms import LooksForm
from portico.edges.web.lookups.sides import Side
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import pages

HEADS = ("at", "person_or_system", "member_id", "door", "function", "tax_id", "reference")


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, side: Side) -> HttpResponse:
    """The look-ups of some days, the latest first; what is looked for is sent, and stands in no address."""
    actor, form = asking.actor_of(request), _form(request, side)
    if not form.is_valid():
        _open(actor, side)
        return _page(request, side, form, status=422 if form.is_bound else 200)
    sought = form.sought()
    found = mirror.page(actor=actor, function=side.function, sought=sought, key=form.cleaned_data["after"])
    return _page(request, side, form, **_told(actor, side, form, sought, found))


@require_POST
def file(request: HttpRequest, side: Side) -> HttpResponse:
    """What the page shows, all of it, as CSV."""
    actor, form = asking.actor_of(request), _form(request, side)
    if not form.is_valid():
        _open(actor, side, lately=True)
        return _page(request, side, form, status=422)
    sought = form.sought()
    rows = mirror.export(actor=actor, function=side.function, sought=sought)
    name = f"look-ups-{sought.first:%Y%m%d}-{sought.last:%Y%m%d}.csv"
    return csv_written.attached(name, HEADS, map(_cells, rows))


def _form(request: HttpRequest, side: Side) -> LooksForm:
    sent = request.POST if request.method == "POST" else None
    return LooksForm(sent, today=asking.actor_of(request).today, of_plan=side.is_plan)


def _open(actor: Actor, side: Side, *, lately: bool = False) -> None:
    with permit(actor, side.function, lately=lately) as given:
        given.conclude("lookups_form_shown")


def _told(
    actor: Actor, side: Side, form: LooksForm, sought: Sought, found: pages.Page[Look]
) -> dict[str, Any]:
    """The rows; and, of whole days, what is unusual about them."""
    unusual = None
    if not form.is_narrowed():
        unusual = mirror.unusual(actor=actor, function=side.function, sought=sought)
    names = offices.names({look.office_id for look in found.rows if look.office_id}) if side.is_plan else {}
    return {
        "rows": [_row(looks, names) for looks in _folded(found.rows)],
        "flags": [words.said(flag, unusual, sought.tax_id) for flag in unusual.flags] if unusual else (),
        "is_whole": unusual is not None,
        "is_cut": unusual is not None and unusual.is_cut,
        "kept": form.kept(),
        "next": {**form.kept(), "after": found.next_key} if found.next_key else {},
        "only": found.rows[0].name if sought.user_id and found.rows else "",
        "is_asked": True,
    }


def _folded(rows: Iterable[Look]) -> Iterator[list[Look]]:
    """A page of a member asks several times in one moment: what followed at once stands in one row."""
    for _, together in groupby(rows, key=_same):
        yield list(together)


def _same(look: Look) -> tuple[object, ...]:
    minute = look.at.replace(second=0, microsecond=0)
    return (
        minute,
        look.name,
        look.user_id,
        look.machine_id,
        look.office_id,
        look.member,
        look.door,
        look.tax_id,
    )


def _row(looks: Sequence[Look], names: Mapping[int, str]) -> dict[str, object]:
    first = looks[0]
    functions = dict.fromkeys(FUNCTION_NAMES[Function(look.function)] for look in reversed(looks))
    return {
        "look": first,
        "door": words.DOORS.get(first.door, first.door),
        "functions": ", ".join(functions),
        "office": names.get(first.office_id or 0, ""),
    }


def _cells(look: Look) -> tuple[str, ...]:
    door, function = words.DOORS.get(look.door, look.door), FUNCTION_NAMES[Function(look.function)]
    at = look.at.isoformat(timespec="seconds")
    return at, look.name, look.member, door, function, look.tax_id, look.reference


def _page(request: HttpRequest, side: Side, form: LooksForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"side": side, "form": form, **more}
    return render(request, "lookups/lookups.html", context, status=status)
