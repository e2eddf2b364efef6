"""The library's documents at the desk, and one of them with its history."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.library import desk, publishing
from portico.domains.library.desk import Sheet, UnknownDocument, Which
from portico.domains.library.wording import CannotKeep
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.edges.web import asking
from portico.edges.web.reading.words import KINDS
from portico.edges.web.staff.library import forms, words

_MOST_TEXT = 60
_STANDING = {
    "archive": (
        publishing.archive,
        "The document is archived. The search leaves it out; its address still says what it was.",
    ),
    "restore": (publishing.restore, "The document is back. People find it again."),
}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Documents by key, all or those that stand somewhere."""
    asked = request.GET.get("which", "")
    text, after = (request.GET.get(name, "").replace("\0", "") for name in ("text", "after"))
    text, which = text.strip()[:_MOST_TEXT], Which(asked) if asked in set(Which) else Which.ALL
    found = desk.listed(actor=asking.actor_of(request), which=which, text=text, after=after)
    rows = [(row, KINDS[row.kind], words.STATES.get(row.open_state)) for row in found.page.rows]
    context = {
        "rows": rows,
        "next_key": found.page.next_key,
        "which": which,
        "lists": [(each, words.LISTS[each], found.counts[each]) for each in Which],
        "text": text,
        "may_write": may_write(request),
    }
    return render(request, "staff/library/listed.html", context)


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One document with its history."""
    found = sheet(request, key)
    history = [(line, *words.STATES[line.state], words.STANDINGS[line.standing]) for line in found.history]
    context = {
        "sheet": found,
        "kind": KINDS[found.about.kind],
        "history": history,
        "may_write": may_write(request),
    }
    return render(request, "staff/library/document.html", context)


@require_POST
def standing(request: HttpRequest, key: str) -> HttpResponse:
    """Archive the document, or put it back."""
    act, said = _STANDING.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        sheet(request, key)
        raise Http404
    try:
        act(actor=asking.actor_of(request), key=key)
    except UnknownDocument:
        raise Http404 from None
    messages.success(request, said)
    return redirect("staff_library_document", key)


@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, key: str) -> HttpResponse:
    """What holds for every version; a POST keeps it changed, for readers at once."""
    found, topics = sheet(request, key), desk.topics(actor=asking.actor_of(request))
    form = forms.AboutForm(request.POST or None, initial=forms.of_about(found.about), topics=topics)
    for fixed in ("kind", "material_number"):
        form.fields.pop(fixed)
    if form.is_valid() and _is_described(request, key, form):
        return redirect("staff_library_document", key)
    context = {"sheet": found, "form": form}
    return render(request, "staff/library/about.html", context, status=422 if form.errors else 200)


def sheet(request: HttpRequest, key: str) -> Sheet:
    """The document. Raises Http404."""
    try:
        return desk.sheet(actor=asking.actor_of(request), key=key)
    except UnknownDocument:
        raise Http404 from None


def may_write(request: HttpRequest) -> bool:
    """Does the desk of whoever asks write, or only look?"""
    return decide(asking.actor_of(request), Question(Function.LIBRARY_EDITING)).allowed


def _is_described(request: HttpRequest, key: str, form: forms.AboutForm) -> bool:
    try:
        changed = publishing.describe(actor=asking.actor_of(request), key=key, about=form.about())
    except CannotKeep as error:
        words.say(form, error)
        return False
    messages.success(request, "Changed, for readers too." if changed else "Nothing is changed.")
    return True
