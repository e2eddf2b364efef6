"""Many people from a sheet: what each row comes to before anybody is made, then making them, part by part.

The sheet travels with the page that asks, so nothing of it is kept before it is wanted. Making them goes on
page by page, each for a few seconds, until all rows are done; what became of them so far travels signed.
"""

import csv
import io
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Final

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access.delegating import bulk, bulk_rows
from portico.domains.access.delegating.bulk import CannotRead, Outcome, RowResult, SheetRow
from portico.domains.permits.functions import GRANTABLE, Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.people.access import sheet_words, words
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side
from portico.edges.web.refusals import FUNCTION_NAMES

SECONDS: Final = 4.0
MOST_BYTES: Final = 1_000_000
_SALT: Final = "portico.people.sheet"
EXAMPLE: Final = (
    *("Ann", "Lee", "ann.lee@example.org", "", "530 555 0193"),
    *("front_desk", "claims_inquiry", "", "", "", "", ""),
)


class SheetForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="CSV file",
        help_text=f"Up to {bulk_rows.MOST_ROWS} rows, in UTF-8, with commas or semicolons.",
        widget=forms.FileInput({"accept": ".csv,.txt"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def clean_file(self) -> str:
        """The text of it."""
        content = bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))
        if len(content) > MOST_BYTES:
            raise forms.ValidationError(sheet_words.CANNOT_READ["too_long"])
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(sheet_words.CANNOT_READ["encoding"]) from None


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one row, or would, in words."""

    result: RowResult
    said: str
    tone: str
    why: str


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@by_side
def check(request: HttpRequest, side: Side) -> HttpResponse:
    """Choose a file, and see what each row comes to; nobody is made."""
    _open(request, side)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "GET" or not form.is_valid():
        return _ask(request, side, form)
    text = form.cleaned_data["file"]
    try:
        results = bulk.check(actor=asking.actor_of(request), rows=bulk.read(text))
    except CannotRead as error:
        form.add_error("file", _why(error))
        return _ask(request, side, form)
    return _shown(request, side, text, results)


@sensitive_post_parameters()
@require_POST
@by_side
def make(request: HttpRequest, side: Side) -> HttpResponse:
    """Make the people of the rows that are good, for a few seconds; then the page goes on by itself."""
    _open(request, side)
    text = request.POST.get("sheet", "")
    before, start = _so_far(request.POST.get("so_far", ""))
    try:
        rows = bulk.read(text)
    except CannotRead as error:
        form = SheetForm({})
        form.add_error("file", _why(error))
        return _ask(request, side, form)
    results, follows = _made(request, rows, start)
    return _shown(request, side, text, (*before, *results), start=follows, is_made=True)


@require_safe
@by_side
def template(request: HttpRequest, side: Side) -> HttpResponse:
    """The sheet to fill in: the columns, and one example of nobody."""
    with permit(asking.actor_of(request), side.function) as given:
        given.conclude("people_sheet_template")
    text = io.StringIO()
    csv.writer(text).writerows((bulk_rows.COLUMNS, EXAMPLE))
    headers = {"Content-Disposition": 'attachment; filename="people-template.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _open(request: HttpRequest, side: Side) -> None:
    """Whoever may not do it, or has not shown lately that it is they, is told before a file is read."""
    with permit(asking.actor_of(request), side.function, lately=True) as given:
        given.conclude("people_sheet_asked")


def _made(
    request: HttpRequest, rows: Sequence[SheetRow], start: int
) -> tuple[tuple[RowResult, ...], int | None]:
    """What became of the rows until the time is up, and where to go on; None at the end."""
    began, results, follows = time.monotonic(), list[RowResult](), start if start < len(rows) else None
    while follows is not None:
        chunk = bulk.commit(actor=asking.anew(request), rows=rows, start=follows)
        results, follows = [*results, *chunk.results], chunk.next_start
        if time.monotonic() - began > SECONDS:
            break
    return tuple(results), follows


def _so_far(kept: str) -> tuple[tuple[RowResult, ...], int]:
    """What became of the rows before, as the page before kept it, and where to go on."""
    try:
        told: Any = signing.loads(kept, salt=_SALT) if kept else {"rows": [], "start": 0}
    except signing.BadSignature:
        told = {"rows": [], "start": 0}
    rows = tuple(
        RowResult(line, name, username, Outcome(outcome), tuple(reasons))
        for line, name, username, outcome, reasons in told["rows"]
    )
    return rows, int(told["start"])


def _shown(
    request: HttpRequest,
    side: Side,
    text: str,
    results: Sequence[RowResult],
    *,
    start: int | None = None,
    is_made: bool = False,
) -> HttpResponse:
    counts = Counter(each.outcome for each in results)
    kept: dict[str, Any] = {"rows": [astuple(each) for each in results], "start": start}
    context = {
        "side": side,
        "sheet": text,
        "rows": [_told(each) for each in results],
        "counts": [(sheet_words.OUTCOMES[each][1], counts[each]) for each in Outcome if counts[each]],
        "good": counts[Outcome.WOULD_CREATE],
        "made": counts[Outcome.CREATED],
        "is_made": is_made,
        "so_far": signing.dumps(kept, salt=_SALT, compress=True) if start is not None else "",
    }
    return render(request, "people/access/sheet_rows.html", context)


def _told(result: RowResult) -> Told:
    tone, said = sheet_words.OUTCOMES[result.outcome]
    return Told(result, said, tone, " ".join(map(sheet_words.reason, result.reasons)))


def _why(error: CannotRead) -> str:
    return sheet_words.CANNOT_READ[error.code].format(values=", ".join(error.values))


def _ask(request: HttpRequest, side: Side, form: SheetForm) -> HttpResponse:
    offered = catalogue.choices()
    functions = [each for each in GRANTABLE if each is not Function.MANAGE_USERS]
    context = {
        "side": side,
        "form": form,
        "columns": sheet_words.COLUMNS.items(),
        "roles": words.ROLES.items(),
        "functions": [(str(each), FUNCTION_NAMES[each]) for each in functions],
        "lines": offered.lines,
        "regions": offered.regions,
    }
    return render(request, "people/access/sheet.html", context, status=422 if form.errors else 200)
