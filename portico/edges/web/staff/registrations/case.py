"""One registration at the plan's desk: claimed and on file side by side, files, notes, what happened."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.plan import catalogue
from portico.domains.registration import review
from portico.domains.registration.claims import Field
from portico.domains.registration.deciding_rules import (
    MAY_BE_DENIED,
    MAY_BE_REISSUED,
    MAY_BE_WITHDRAWN,
    MOST_NOTE,
    UNDECIDED,
    Obstacle,
)
from portico.domains.registration.review import Assigned, Case
from portico.edges.web import asking, attachments
from portico.edges.web.register.reason_words import FINDINGS
from portico.edges.web.register.words import business_days
from portico.edges.web.staff.registrations import words

NOBODY: Final = "0"
SAID_IN_APPROVING: Final = frozenset({Obstacle.LICENCE_CLAIMED, Obstacle.OFFICE_EXISTS})
ASSIGNED: Final = {
    Assigned.DONE: "It is assigned.",
    Assigned.GONE: "Nothing was changed: it is decided already.",
    Assigned.NO_COLLEAGUE: "Nothing was changed: this person has no desk for registrations any more.",
}


class AssignForm(forms.Form):
    """Whose case it is."""

    to = forms.TypedChoiceField(label="Assigned to", coerce=int)

    def __init__(self, data: Any = None, *, case: Case, me: int | None) -> None:
        """Offer the colleagues, oneself first."""
        super().__init__(data)
        others = [(each.user_id, each.name) for each in case.colleagues if each.user_id != me]
        mine = [(each.user_id, f"{each.name} (you)") for each in case.colleagues if each.user_id == me]
        held = next((each.user_id for each in case.colleagues if each.name == case.row.assigned_to), 0)
        field = self.fields["to"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(NOBODY, "Nobody"), *mine, *others]
        field.initial = me if case.row.is_mine else held


class NoteForm(forms.Form):
    """A note for the plan alone."""

    text = forms.CharField(
        label="Note",
        help_text="For the plan alone. Nothing about a patient.",
        max_length=MOST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the note."},
    )


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One case."""
    return page(request, read(request, number))


@require_safe
def document(request: HttpRequest, number: int, document_id: int) -> HttpResponse:
    """One of its files, as an attachment."""
    found = review.document(actor=asking.actor_of(request), number=number, document_id=document_id)
    if found is None:
        raise Http404
    return attachments.sent(found.name, found.content_type, found.content)


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Give it to somebody, or to nobody."""
    actor, found = asking.actor_of(request), read(request, number)
    form = AssignForm(request.POST, case=found, me=actor.user_id)
    if not form.is_valid():
        return page(request, found, assign=form)
    done = review.assign(actor=actor, number=number, to=form.cleaned_data["to"] or None)
    (messages.success if done is Assigned.DONE else messages.error)(request, ASSIGNED[done])
    return redirect("registration", number)


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a note with it."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return page(request, read(request, number), note=form)
    if not review.note(actor=asking.actor_of(request), number=number, text=form.cleaned_data["text"]):
        raise Http404
    messages.success(request, "The note is kept.")
    return redirect("registration", number)


def read(request: HttpRequest, number: int, *, lately: bool = False) -> Case:
    """The case, or that there is none."""
    found = review.case(actor=asking.actor_of(request), number=number, lately=lately)
    if found is None:
        raise Http404
    return found


def page(
    request: HttpRequest, case: Case, *, assign: AssignForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The page of a case."""
    actor = asking.actor_of(request)
    regions = {each.code: each.name for each in catalogue.regions()}
    context: dict[str, Any] = {
        "case": case,
        "type": words.account_type(case.row.account_type),
        "state": words.STATES[case.state],
        "reason": words.reason(case.row.reason),
        "left": "" if case.row.left is None else business_days(case.row.left),
        "took": "" if case.turnaround is None else business_days(case.turnaround),
        "waited": business_days(case.waited) if case.waited else "",
        "regions": [regions.get(code, code) for code in case.claim.regions],
        "stop": words.STOPS[case.stops_yes] if case.stops_yes else None,
        "fields": [_field(case, each) for each in case.fields],
        "obstacles": [words.OBSTACLES[each] for each in case.obstacles],
        "papers": [(each, words.DOCUMENTS.get(each.kind, each.kind), _ending(each)) for each in case.papers],
        "timeline": [(each, words.happened(each.kind, each.code)) for each in reversed(case.timeline)],
        "others": [
            (each, words.STATES[each.row.state], [words.field(code) for code in each.shares])
            for each in case.others
        ],
        "acts": tuple(acts(case)),
        "is_undecided": case.state in UNDECIDED,
        "assign": assign or AssignForm(case=case, me=actor.user_id),
        "note": note or NoteForm(),
    }
    wrong = any(form is not None for form in (assign, note))
    return render(request, "staff/registrations/case.html", context, status=422 if wrong else 200)


def acts(case: Case) -> Iterator[str]:
    """What may be done about it now, as routes; what is refused all the same says why."""
    if case.stops is None and case.state in UNDECIDED:
        if case.stops_yes is None and SAID_IN_APPROVING.issuperset(case.obstacles):
            yield "registration_approve"
        yield from () if case.returned_at else ("registration_return",)
        if case.offices and Obstacle.OF_ANOTHER_KIND not in case.obstacles:
            yield "registration_recognise"
    if case.stops is None and case.state in MAY_BE_WITHDRAWN:
        yield "registration_withdraw"
    if case.stops is None and case.state in MAY_BE_DENIED:
        yield "registration_deny"
    if case.state == "approved":
        yield "registration_link"
    if case.stops is None and case.state in MAY_BE_REISSUED:
        yield "registration_reissue"


def _field(case: Case, each: Any) -> dict[str, Any]:
    """One row of the table: what was claimed, what is on file, and what came of it."""
    return {
        "compared": each,
        "name": words.field(each.field),
        "claimed": _claimed(case, each.field),
        "on_file": _on_file(case, each.field),
        "finding": FINDINGS[each.finding],
        "basis": words.BASES[each.basis],
        "word": FINDINGS[each.word.finding] if each.word else None,
        "word_basis": words.BASES[each.word.basis] if each.word else "",
    }


def _claimed(case: Case, code: Field) -> list[str]:
    claim = case.claim
    person = f"{claim.first_name} {claim.last_name}".strip()
    said = {
        Field.LICENCE: [f"{claim.licence_number} ({claim.licence_state})"],
        Field.NPI: [claim.npi],
        Field.TAX_ID: list(claim.tax_ids),
        Field.NAME: [person, claim.office_name],
        Field.LICENCE_LIST: [f"{claim.licence_number} ({claim.licence_state})"],
        Field.EXCLUSIONS: [each for each in (person, claim.office_name, claim.npi) if each],
    }
    return said.get(code, [])


def _on_file(case: Case, code: Field) -> list[str]:
    """What the provider file holds; nothing where it knows nobody."""
    listed, on_file = case.on_file.provider, case.on_file
    if listed is None:
        known = [f"{number} {name}".strip() for number, name in on_file.named.items()]
        return known if code is Field.TAX_ID else []
    person = " ".join(filter(None, (listed.first_name, listed.middle_name, listed.last_name)))
    licence = [f"{listed.licence_number} ({listed.licence_state})"] if listed.licence_number else []
    said = {
        Field.LICENCE: licence,
        Field.NPI: [listed.npi],
        Field.TAX_ID: [f"{each.number} {each.name}".strip() for each in on_file.tax_ids],
        Field.NAME: [person, *dict.fromkeys(on_file.named.values())],
        Field.PARTICIPATION: sorted(listed.participating),
    }
    return said.get(code, [])


def _ending(paper: Any) -> str:
    return str(paper.content_type.rpartition("/")[2].upper())
