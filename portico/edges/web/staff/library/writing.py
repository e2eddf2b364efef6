"""Writing at the desk: a new document, the draft of one with its preview and its files, and what becomes of
it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.library import desk, editing
from portico.domains.library.desk import UnknownDocument, Whole
from portico.domains.library.editing import CannotKeep, ChangedMeanwhile, WrongState
from portico.domains.library.rules import State
from portico.edges.web import asking
from portico.edges.web.staff.library import forms, shown, words
from portico.shared.files.faults import BadFile

_ACTS = {"send": editing.send, "take_back": editing.take_back, "drop": editing.drop}
_SAID = {
    "send": "Sent. Somebody else looks at it, and publishes it or says what is to be changed.",
    "take_back": "Taken back. You can go on writing.",
    "drop": "The draft is given up. It stays in the history.",
}


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new document."""
    actor = asking.actor_of(request)
    form = forms.NewForm(request.POST or None, topics=editing.offered(actor=actor))
    if form.is_valid() and request.POST.get("do") != "look" and _is_begun(request, form):
        return redirect("staff_library_edit", form.cleaned_data["key"])
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """The draft of a document; a POST saves it, or only shows it as it will be read."""
    topics = editing.offered(actor=asking.actor_of(request))
    whole = _draft(request, key)
    initial = forms.of_wording(whole.about, whole.said, whole.line.changed_at)
    form = forms.TextForm(request.POST or None, initial=initial, topics=topics, is_settled=whole.is_settled)
    if form.is_valid() and request.POST.get("do") != "look" and _is_saved(request, form, whole):
        if request.POST.get("do") == "send":
            return _sent(request, key, form, whole)
        return redirect("staff_library_edit", key)
    return _page(request, form, whole)


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will be read, for the page it is written on."""
    key = request.POST.get("of", "").replace("\0", "")
    return render(request, "staff/library/preview.html", _preview(request, request.POST.get("body", ""), key))


@require_POST
def files(request: HttpRequest, key: str) -> HttpResponse:
    """Put a file to the draft, or take one off it."""
    actor = asking.actor_of(request)
    topics = editing.offered(actor=actor)
    whole = _draft(request, key)
    if remove := request.POST.get("remove", "").replace("\0", ""):
        if _is_done(lambda: editing.detach(actor=actor, key=key, name=remove)):
            messages.success(request, f"{remove} is taken off.")
        else:
            messages.error(request, words.MOVED_ON)
        return redirect("staff_library_edit", key)
    form = forms.FileForm(request.POST, request.FILES)
    if form.is_valid() and _is_attached(request, key, form):
        return redirect("staff_library_edit", key)
    initial = forms.of_wording(whole.about, whole.said, whole.line.changed_at)
    text = forms.TextForm(initial=initial, topics=topics, is_settled=whole.is_settled)
    return _page(request, text, whole, file_form=form)


@require_POST
def act(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the next version, send the draft, take it back, or give it up."""
    actor, what = asking.actor_of(request), request.POST.get("do", "")
    try:
        if what == "anew":
            editing.anew(actor=actor, key=key, first_on=actor.today)
            return redirect("staff_library_edit", key)
        if what not in _ACTS:
            editing.offered(actor=actor)
            raise Http404
        _ACTS[what](actor=actor, key=key)
    except UnknownDocument:
        raise Http404 from None
    except WrongState:
        messages.error(request, words.MOVED_ON)
    except CannotKeep as error:
        messages.error(request, " ".join(["Not sent.", *map(words.said, error.faults)]))
    else:
        messages.success(request, _SAID[what])
    return redirect("staff_library_document", key)


def _draft(request: HttpRequest, key: str) -> Whole:
    """The draft of the document. Raises Http404 where none is being written."""
    try:
        whole = desk.version(actor=asking.actor_of(request), key=key)
    except UnknownDocument:
        raise Http404 from None
    if whole.line.state != State.DRAFT:
        raise Http404
    return whole


def _is_begun(request: HttpRequest, form: forms.NewForm) -> bool:
    key = form.cleaned_data["key"]
    try:
        editing.begin(actor=asking.actor_of(request), key=key, about=form.about(), said=form.wording())
    except CannotKeep as error:
        words.say(form, error)
        return False
    messages.success(request, "The draft is kept. Nobody reads it before it is published.")
    return True


def _is_saved(request: HttpRequest, form: forms.TextForm, whole: Whole) -> bool:
    about = whole.about if whole.is_settled else form.about()
    was = form.seen_at() or whole.line.changed_at
    try:
        editing.save(actor=asking.actor_of(request), key=whole.key, about=about, said=form.wording(), was=was)
    except CannotKeep as error:
        words.say(form, error)
        return False
    except (ChangedMeanwhile, WrongState):
        form.add_error(None, words.CHANGED)
        return False
    messages.success(request, "The draft is saved.")
    return True


def _sent(request: HttpRequest, key: str, form: forms.TextForm, whole: Whole) -> HttpResponse:
    try:
        editing.send(actor=asking.actor_of(request), key=key)
    except CannotKeep as error:
        words.say(form, error)
        return _page(request, form, whole)
    except WrongState:
        messages.error(request, words.MOVED_ON)
        return redirect("staff_library_document", key)
    messages.success(request, _SAID["send"])
    return redirect("staff_library_document", key)


def _is_attached(request: HttpRequest, key: str, form: forms.FileForm) -> bool:
    sent = form.cleaned_data["file"]
    try:
        name = editing.attach(
            actor=asking.actor_of(request),
            key=key,
            name=sent.name,
            content=sent.read(),
            says=form.cleaned_data["says"],
        )
    except BadFile as error:
        form.add_error("file", words.FILE_FAULTS[error.fault])
        return False
    except CannotKeep as error:
        words.say(form, error)
        return False
    except WrongState:
        form.add_error(None, words.MOVED_ON)
        return False
    messages.success(request, f"Kept. A text links it as attachment:{name}")
    return True


def _is_done(act: Callable[[], object]) -> bool:
    try:
        act()
    except WrongState:
        return False
    return True


def _preview(request: HttpRequest, body: str, key: str) -> dict[str, Any]:
    """The text as HTML, and what is still wrong with it."""
    body = body.replace("\r\n", "\n")
    remarks = editing.remarks(actor=asking.actor_of(request), key=key, body=body)
    if any(code == "text_too_long" for code, _ in remarks):
        return {"remarks": [words.said(fault) for fault in remarks], "text": ""}
    number, names = _files_of(request, key)
    return {
        "text": shown.text(body, key=key, number=number, names=names),
        "remarks": [words.said(fault) for fault in remarks],
    }


def _files_of(request: HttpRequest, key: str) -> tuple[int, list[str]]:
    if not key:
        return 0, []
    try:
        whole = desk.version(actor=asking.actor_of(request), key=key)
    except UnknownDocument:
        return 0, []
    return whole.line.number, [file.name for file in whole.files]


def _page(
    request: HttpRequest,
    form: forms.TextForm,
    whole: Whole | None,
    *,
    file_form: forms.FileForm | None = None,
) -> HttpResponse:
    """The form with its preview; 422 where something entered is wrong."""
    body = str(form["body"].value() or "")
    key = whole.key if whole else ""
    context = {
        **_preview(request, body, key),
        "form": form,
        "whole": whole,
        "file_form": file_form or forms.FileForm(),
    }
    is_wrong = form.errors or (file_form is not None and file_form.errors)
    return render(request, "staff/library/edit.html", context, status=422 if is_wrong else 200)
