"""The pages of an office's own directory entries: all of them, one, and what was wanted changed."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.directory import change_files, changes, entries, overlay, upkeep_rules
from portico.domains.directory.change_files import MOST_FILES, Looked
from portico.domains.directory.changes import BadChange, UnknownChange, Wish
from portico.domains.directory.entries import UnknownEntry
from portico.edges.web import asking
from portico.edges.web.upkeep import words
from portico.edges.web.upkeep.forms import ChangeForm, DocumentForm

LONGEST_TEXT: Final = 80
TOO_LATE: Final = "Nothing was changed: the plan has decided already."


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The entries of the office, by name."""
    text = request.GET.get("text", "").replace("\0", "")[:LONGEST_TEXT]
    found = entries.page(actor=asking.actor_of(request), text=text, key=request.GET.get("after", ""))
    return render(request, "upkeep/entries.html", {"kept": found, "text": text})


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: what it says, and each field with the way to change it."""
    try:
        found = changes.of_entry(actor=asking.actor_of(request), number=number)
    except UnknownEntry as error:
        raise Http404 from error
    context = {
        "entry": found.entry,
        "facts": words.facts(found.entry.says),
        "changes": [words.change(row) for row in found.changes],
    }
    return render(request, "upkeep/entry.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int, field: str) -> HttpResponse:
    """Change one field of an entry."""
    if field not in upkeep_rules.FIELDS:
        raise Http404
    actor = asking.actor_of(request)
    try:
        entry = entries.one(actor=actor, number=number)
    except UnknownEntry as error:
        raise Http404 from error
    is_sent = request.method == "POST"
    form = ChangeForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        field=field,
        now=entry.says[field],
        today=actor.today,
        sent=int(request.META.get("CONTENT_LENGTH") or 0),
    )
    reference = _sent(request, form, number, field) if is_sent and form.is_valid() else None
    if reference:
        messages.success(request, "The plan has your change. It answers within two business days.")
        return redirect("office_directory_change", reference)
    context = {"form": form, "entry": entry, "label": words.LABELS[field], "field": field}
    return render(request, "upkeep/change_new.html", context, status=422 if form.errors else 200)


@require_safe
def all_changes(request: HttpRequest) -> HttpResponse:
    """What was wanted changed, the newest first."""
    page = changes.page(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    context = {"changes": words.changes(page), "next_key": page.next_key}
    return render(request, "upkeep/changes.html", context)


@require_safe
def one_change(request: HttpRequest, reference: str) -> HttpResponse:
    """How one change stands."""
    return _change_page(request, reference)


@require_POST
def add_document(request: HttpRequest, reference: str) -> HttpResponse:
    """Hand in one more document with a change that waits."""
    form = DocumentForm(request.POST, request.FILES, sent=int(request.META.get("CONTENT_LENGTH") or 0))
    looked = _looked(form) if form.is_valid() else None
    if looked is not None:
        try:
            changes.add_file(actor=asking.actor_of(request), reference=reference, file=looked)
        except UnknownChange:
            messages.error(request, TOO_LATE)
            return redirect("office_directory_change", reference)
        except BadChange as error:
            form.add_error("file", words.FAULTS[error.code])
    if form.errors:
        return _change_page(request, reference, form)
    messages.success(request, "The document is with the change now.")
    return redirect("office_directory_change", reference)


@require_POST
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a change back."""
    try:
        done = changes.take_back(actor=asking.actor_of(request), reference=reference)
    except UnknownChange as error:
        raise Http404 from error
    if done:
        messages.success(request, "The change is taken back.")
    else:
        messages.error(request, TOO_LATE)
    return redirect("office_directory_change", reference)


def _sent(request: HttpRequest, form: ChangeForm, number: int, field: str) -> str | None:
    """The reference of the change; None, and said in the form, where it is not taken."""
    actor, looked = asking.actor_of(request), _looked(form)
    if form.errors:
        return None
    effective_on = actor.today if field == overlay.LAST_ON else form.cleaned_data["effective_on"]
    try:
        return changes.send(actor=actor, wish=Wish(number, field, form.after, effective_on), file=looked)
    except UnknownEntry as error:
        raise Http404 from error
    except BadChange as error:
        form.explain(error)
    return None


def _looked(form: DocumentForm) -> Looked | None:
    """The document of the form; None where there is none, or none that is taken, which the form then says."""
    sent = form.file_of()
    if sent is None:
        return None
    looked = change_files.look(*sent)
    if isinstance(looked, Looked):
        return looked
    form.explain_file(looked)
    return None


def _change_page(request: HttpRequest, reference: str, form: DocumentForm | None = None) -> HttpResponse:
    try:
        own = changes.one(actor=asking.actor_of(request), reference=reference)
    except UnknownChange as error:
        raise Http404 from error
    context: dict[str, Any] = {
        "change": words.change(own.row),
        "documents": own.documents,
        "form": form or DocumentForm(),
        "may_add": own.row.is_open and len(own.documents) < MOST_FILES,
    }
    return render(request, "upkeep/change.html", context, status=422 if form else 200)
