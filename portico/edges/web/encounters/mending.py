"""One encounter: what was sent, what is wrong with it, and the form that mends it and sends it again."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.claims.edits.codes import Misfit
from portico.domains.encounters import mending, reports
from portico.domains.encounters.mending import CannotMend, Mendable, NotInForce, NotMendable
from portico.domains.encounters.reports import EncounterNotFound, RecordPage
from portico.domains.encounters.shown import State
from portico.edges.web import asking
from portico.edges.web.encounters import edit_words, field_words, shown
from portico.edges.web.encounters.forms import MendForm
from portico.shared import identifiers

_UNTYPED = "This cannot stand here. Check it, and send it again."
_GONE = "It was mended or sent again meanwhile."


class Part(NamedTuple):
    """Fields of the form that belong together."""

    title: str
    fields: tuple[BoundField, ...]


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """One encounter; posted, the values are put in place and it is submitted again."""
    try:
        if request.method == "POST":
            return _mended(request, encounter)
        return _page(request, encounter)
    except EncounterNotFound as error:
        raise Http404 from error


@require_POST
def void(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Take an accepted encounter out of force."""
    try:
        voided = mending.void(actor=asking.actor_of(request), encounter=encounter)
        if voided.is_accepted:
            messages.success(request, "The encounter is voided. The plan's claims system is told.")
        else:
            said = [edit_words.of(each.code, each.about) for each in voided.misfits]
            reasons = " ".join(f"{each.why} {each.todo}" for each in said)
            messages.warning(request, f"The encounter is not voided. {reasons}")
    except NotInForce:
        messages.warning(request, "The encounter is no longer in force, so there is nothing to void.")
    except EncounterNotFound as error:
        raise Http404 from error
    return redirect("encounter", encounter=encounter)


def _page(request: HttpRequest, encounter: UUID) -> HttpResponse:
    page = reports.record(actor=asking.actor_of(request), encounter=encounter)
    form = None
    if page.record.state is State.REJECTED and page.claim is not None:
        mendable = _mendable(request, encounter)
        form = _form(mendable) if mendable else None
    return _shown(request, page, form, shown.edits(page.record.edits))


def _mended(request: HttpRequest, encounter: UUID) -> HttpResponse:
    mendable = _mendable(request, encounter)
    if mendable is None:
        messages.warning(request, _GONE)
        return redirect("encounter", encounter=encounter)
    form = _form(mendable, request.POST)
    if form.is_valid() and (answer := _sent(request, encounter, form)):
        return answer
    page = reports.record(actor=asking.actor_of(request), encounter=encounter)
    return _shown(request, page, form, shown.edits(page.record.edits), status=422)


def _sent(request: HttpRequest, encounter: UUID, form: MendForm) -> HttpResponse | None:
    """Where to go once it was taken; None where something is wrong still, which the form then says."""
    try:
        found = mending.mend(actor=asking.actor_of(request), encounter=encounter, values=form.values())
    except CannotMend as error:
        for name in error.problems:
            form.say(name, _UNTYPED)
        return None
    except NotMendable:
        messages.warning(request, _GONE)
        return redirect("encounter", encounter=encounter)
    if found.id is None:
        _say(form, found.misfits)
        return None
    messages.success(request, f"The encounter is accepted. Its number is {found.number}.")
    return redirect("encounter", encounter=found.id)


def _say(form: MendForm, misfits: Iterable[Misfit]) -> None:
    for misfit in misfits:
        said = edit_words.of(misfit.code, misfit.about)
        form.say(misfit.value_at, f"{said.why} {said.todo}")


def _mendable(request: HttpRequest, encounter: UUID) -> Mendable | None:
    try:
        return mending.read(actor=asking.actor_of(request), encounter=encounter)
    except NotMendable:
        return None


def _form(mendable: Mendable, data: Any = None) -> MendForm:
    labels = {each.name: field_words.label(each.name) for each in mendable.fields}
    return MendForm(data, values=mendable.fields, labels=labels)


def _shown(
    request: HttpRequest,
    page: RecordPage,
    form: MendForm | None,
    edits: Sequence[shown.Shown],
    status: int = 200,
) -> HttpResponse:
    state, tone = shown.STATES[page.record.state]
    context = {
        "page": page,
        "record": page.record,
        "claim": page.claim,
        "state": state,
        "tone": tone,
        "edits": edits,
        "form": form,
        "parts": _parts(form, {edit.value_at for edit in edits}) if form else (),
        "tax_id": identifiers.format_tax_id(page.record.tax_id) if page.record.tax_id else "",
        "can_void": page.record.state is State.ACCEPTED,
    }
    return render(request, "encounters/record.html", context, status=status)


def _parts(form: MendForm, at_fault: set[str]) -> tuple[Part, ...]:
    """What is at fault first, then everything else by what it belongs to."""
    first = [name for name in form.names() if name in at_fault or form.bound(name).errors]
    parts = [("What has to be mended", first)] if first else []
    rest: dict[str, list[str]] = {}
    for name in form.names():
        if name not in first:
            rest.setdefault(field_words.part(name), []).append(name)
    parts += rest.items()
    return tuple(Part(title, tuple(map(form.bound, names))) for title, names in parts)
