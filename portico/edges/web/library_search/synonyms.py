"""Words that mean the same to the search of the library: every row, to change, add or remove."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.library.search import synonyms
from portico.domains.library.search.synonym_rules import BadSynonyms
from portico.edges.web import asking
from portico.edges.web.library_search import words
from portico.edges.web.library_search.forms import SynonymsForm
from portico.shared import pages

ADD, CHANGE, REMOVE, USUAL = "add", "change", "remove", "usual"


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rows; a POST adds one, changes or removes one, or adds the usual ones."""
    if request.method == "GET":
        return _page(request, SynonymsForm())
    act, number = request.POST.get("do", ADD), request.POST.get("row", "")
    if act == USUAL:
        count = synonyms.add_usual(actor=asking.actor_of(request))
        messages.success(request, f"{count} rows are added." if count else "All of them are there already.")
        return redirect("library_synonyms")
    if act == REMOVE:
        return _done(request, "The row is removed.", lambda: _remove(request, number))
    form = SynonymsForm(request.POST)
    if not form.is_valid():
        return _page(request, form, number if act == CHANGE else "")
    try:
        return _done(request, "The words are saved.", lambda: _keep(request, form, act, number))
    except BadSynonyms as error:
        form.add_error("words", words.fault(error.code))
        return _page(request, form, number if act == CHANGE else "")


def _done(request: HttpRequest, said: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except synonyms.UnknownRow as error:
        raise Http404 from error
    messages.success(request, said)
    return redirect("library_synonyms")


def _keep(request: HttpRequest, form: SynonymsForm, act: str, number: str) -> None:
    actor, typed = asking.actor_of(request), form.cleaned_data["words"]
    if act == CHANGE:
        synonyms.change(actor=actor, number=_number(number), typed=typed)
    else:
        synonyms.add(actor=actor, typed=typed)


def _remove(request: HttpRequest, number: str) -> None:
    synonyms.remove(actor=asking.actor_of(request), number=_number(number))


def _number(text: str) -> int:
    return int(text) if pages.is_row(text) else 0


def _page(request: HttpRequest, form: SynonymsForm, changed: str = "") -> HttpResponse:
    """The page; `changed`: the number of the row that the form is about."""
    rows = synonyms.listed(actor=asking.actor_of(request))
    context = {"form": form, "rows": rows, "changed": changed}
    return render(request, "library_search/synonyms.html", context, status=422 if form.errors else 200)
