"""One change of a directory entry at the plan's desk: what is wanted, its documents, and the answer."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.directory import reviewing, upkeep_rules
from portico.edges.web import asking, attachments
from portico.edges.web.enquiry_words import LOOKS_LIKE
from portico.edges.web.upkeep import words

GONE = "Nothing was changed: it was answered or taken back already, or its entry is gone."


class RefuseForm(forms.Form):
    """Why the plan does not accept a change."""

    why = forms.CharField(
        label="Why?",
        help_text="The office reads it. Say what it can do. Nothing about a patient.",
        max_length=upkeep_rules.LONGEST_WHY,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write why."},
    )


@require_safe
def one(request: HttpRequest, reference: str) -> HttpResponse:
    """One change."""
    return _page(request, reference)


@require_POST
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept it."""
    done = reviewing.accept(actor=asking.actor_of(request), reference=reference)
    return _after(request, reference, done=done, said="Accepted. Everybody reads it from its day on.")


@require_POST
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """Refuse it, and say why."""
    form = RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, reference, form)
    try:
        done = reviewing.refuse(
            actor=asking.actor_of(request), reference=reference, why=form.cleaned_data["why"]
        )
    except reviewing.HoldsPatients as error:
        found = " and ".join(LOOKS_LIKE[sign] for sign in error.signs)
        form.add_error("why", f"This holds what looks like {found}. Take it out.")
        return _page(request, reference, form)
    return _after(request, reference, done=done, said="Refused. The office is told why.")


@require_safe
def document(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A document of a change, as an attachment."""
    found = reviewing.document(actor=asking.actor_of(request), reference=reference, number=number)
    if found is None:
        raise Http404
    return attachments.sent(found.name, found.content_type, found.content)


def _after(request: HttpRequest, reference: str, *, done: bool, said: str) -> HttpResponse:
    if done:
        messages.success(request, said)
    else:
        messages.error(request, GONE)
    return redirect("staff_directory_change", reference)


def _page(request: HttpRequest, reference: str, form: forms.Form | None = None) -> HttpResponse:
    found = reviewing.case(actor=asking.actor_of(request), reference=reference)
    if found is None:
        raise Http404
    field = found.row.field
    context = {
        "case": found,
        "change": words.change(found.row),
        "now": words.value(field, found.now) if found.entry else "",
        "sent": words.value(field, found.sent) if found.entry else "",
        "others": [words.change(row) for row in found.others],
        "form": form or RefuseForm(),
    }
    return render(request, "staff/directory/change.html", context, status=422 if form else 200)
