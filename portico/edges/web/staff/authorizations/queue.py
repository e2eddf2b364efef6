"""The work list of the plan's desk: what waits by when it is due, narrowed by what is looked for."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.authorizations import queue
from portico.domains.authorizations.queue import Wanted, Which, Whose
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.staff.authorizations import shown

LISTS: Final = {
    Which.TO_DECIDE: "To decide",
    Which.WITH_OFFICE: "With the office",
    Which.DECIDED: "Decided",
}
_WHOSE: Final = (("", "Everybody's"), ("mine", "Mine"), ("nobody", "Nobody's yet"))
_NARROW: Final = ("whose", "line", "kind", "level")


def _named(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(str(code), name) for code, name in words.items()]


class NarrowForm(forms.Form):
    """What of the list is wanted."""

    whose = forms.ChoiceField(label="Whose", required=False, choices=_WHOSE)
    line = forms.ChoiceField(label="Line of business", required=False)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Every kind"), *_named(codes.KINDS)])
    level = forms.ChoiceField(
        label="Level of service", required=False, choices=[("", "Every level"), *_named(codes.LEVELS)]
    )

    def __init__(self, data: Any) -> None:
        """Take what the address says."""
        super().__init__(data)
        self.fields["line"].choices = [("", "Every line"), *catalogue.line_names().items()]  # type: ignore[attr-defined]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The work list. An address that asks for what there is not shows everything."""
    asked = request.GET.get("which", "")
    which = Which(asked) if asked in set(Which) else Which.TO_DECIDE
    form = NarrowForm(request.GET)
    narrow = form.cleaned_data if form.is_valid() else dict.fromkeys(_NARROW, "")
    wanted = Wanted(
        which, Whose(narrow["whose"]), line=narrow["line"], kind=narrow["kind"], level=narrow["level"]
    )
    after = request.GET.get("after", "")
    found = queue.queue(actor=asking.actor_of(request), wanted=wanted, after=after)
    context = {
        "lists": tuple(LISTS.items()),
        "which": which,
        "form": NarrowForm(narrow),
        "is_narrow": any(narrow.values()),
        "counts": found.counts,
        "lines": [shown.line(row) for row in found.page.rows],
        "next": _next(which, narrow, found.page.next_key),
    }
    return render(request, "staff/authorizations/queue.html", context)


def _next(which: Which, narrow: dict[str, str], key: str | None) -> str:
    """The address of the page after this one; empty where there is none."""
    if key is None:
        return ""
    address = QueryDict(mutable=True)
    address.update({"which": which, **{name: value for name, value in narrow.items() if value}, "after": key})
    return f"?{address.urlencode()}"
