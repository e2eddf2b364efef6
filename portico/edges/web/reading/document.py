"""Pages of a document: as it is today, on a day, one version, printed, and its files."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portico.domains.library import marking, reading, required, served, whole
from portico.domains.library.files import FileFacts
from portico.domains.library.marking import Lead
from portico.domains.library.reading import NotInForce, Reading, UnknownDocument
from portico.domains.library.rules import Standing
from portico.domains.library.whole import Chapter
from portico.domains.library.wording import HELP
from portico.edges.web import asking, attachments, parts
from portico.edges.web.parts import Part
from portico.edges.web.reading import shown, words
from portico.edges.web.rendering import DayField, DayPickerInput


class DayForm(forms.Form):
    """A day, such as a date of service."""

    day = DayField(
        label="As it was on",
        help_text="A date of service, for instance.",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the day."},
    )


@require_safe
def current(request: HttpRequest, key: str) -> HttpResponse:
    """The document as it is today, or, where a day is asked for, the way to that day."""
    form = DayForm(request.GET if "day" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("library_on", key, form.cleaned_data["day"])
    try:
        found = reading.document(actor=asking.actor_of(request), key=key, part=shown.part_of(request))
    except UnknownDocument as error:
        raise Http404 from error
    return page(request, found, form=form)


@require_safe
def version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One version."""
    try:
        found = reading.version(actor=asking.actor_of(request), key=key, number=number)
    except UnknownDocument as error:
        raise Http404 from error
    return page(request, found, route="library_version", at=(number,))


@require_safe
def on(request: HttpRequest, key: str, day: date) -> HttpResponse:
    """The document as it was in force on a day."""
    part = shown.part_of(request)
    try:
        found = reading.on(actor=asking.actor_of(request), key=key, day=day, part=part)
    except UnknownDocument as error:
        raise Http404 from error
    if isinstance(found, NotInForce):
        context = {"found": found, "versions": _versions(found), "form": DayForm()}
        return render(request, "reading/not_in_force.html", context)
    return page(request, found, route="library_on", at=(day,), day=day)


@require_safe
def printed(request: HttpRequest, key: str) -> HttpResponse:
    """The document with all its parts on one page, to print."""
    try:
        found = whole.of(actor=asking.actor_of(request), key=key, part=shown.part_of(request))
    except UnknownDocument as error:
        raise Http404 from error
    context = {
        "chapters": [(each, _chapter(request, each)) for each in found.chapters],
        "first": found.chapters[0],
        "left_out": found.left_out,
        "address": shown.stable("library_document", key),
        "said": parts.said(parts.of(request)),
    }
    return render(request, "reading/printed.html", context)


@require_safe
def file(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
    """A file of a version, as an attachment; a page shows its images all the same."""
    if not name.isprintable():
        raise Http404
    try:
        found = served.of_version(actor=asking.actor_of(request), key=key, number=number, name=name)
    except UnknownDocument as error:
        raise Http404 from error
    return attachments.sent(found.name, found.content_type, found.content)


def page(
    request: HttpRequest,
    found: Reading,
    *,
    form: DayForm | None = None,
    route: str = "library_document",
    at: tuple[object, ...] = (),
    day: date | None = None,
) -> HttpResponse:
    """The page of something that is read, or that says for which part of the plan it is."""
    form = form or DayForm(initial={"day": day} if day else None)
    is_help = found.kind == HELP and route == "library_document"
    context: dict[str, Any] = {
        **_about(found),
        "body": _body(request, found),
        "switches": _switches(request, found),
        "address": shown.stable("help_answer" if is_help else route, found.key, *at),
        "further": words.further(found.key) if is_help else (),
        "required": _required(request, found),
        "form": form,
        "day": day,
        "is_help": is_help,
    }
    return render(request, "reading/document.html", context, status=422 if form.errors else 200)


def _about(found: Reading) -> dict[str, Any]:
    """The document, and what it is, in words."""
    said, tone = words.STANDINGS[found.wording.standing]
    return {
        "found": found,
        "kind": words.KINDS[found.kind],
        "said": said,
        "tone": tone,
        "files": _files_beside(found),
        "headings": [each for each in marking.headings(found.body) if each.level <= 3],
        "crumbs": _crumbs(found),
        "whom": words.whom(found.limits),
        "where": words.whom({each: found.limits[each] for each in found.outside}),
        "versions": _versions(found),
    }


def _crumbs(found: Reading) -> list[dict[str, str]]:
    """The way to a document: the library or help, what it is a part of, itself."""
    first = ("Help", "help") if found.kind == HELP else ("Library", "library")
    way = [(step.title, reverse("library_document", args=[step.key])) for step in found.contents.trail]
    steps = [(first[0], reverse(first[1])), *way, (found.wording.title, "")]
    return [{"label": label, "url": url} for label, url in steps]


def _body(request: HttpRequest, found: Reading) -> str:
    names = {each.name for each in found.files}
    number = found.wording.number
    return shown.html(request, found.body, key=found.key, number=number, leads_to=found.leads_to, files=names)


def _files_beside(found: Reading) -> list[FileFacts]:
    """The files that the text neither links to nor shows."""
    named = marking.targets(found.body, Lead.ATTACHMENT)
    return [each for each in found.files if each.name not in named]


def _chapter(request: HttpRequest, chapter: Chapter) -> str:
    return shown.html(
        request,
        chapter.body,
        key=chapter.key,
        number=chapter.number,
        leads_to=chapter.leads_to,
        files=chapter.files,
    )


def _required(request: HttpRequest, found: Reading) -> required.Required | None:
    """What the reader has to say of it, on the page where it is read."""
    if found.must_read_by is None or found.outside:
        return None
    actor = asking.actor_of(request)
    return required.state_of(actor=actor, key=found.key, number=found.wording.number)


def _switches(request: HttpRequest, found: Reading) -> list[tuple[str, str]]:
    """The parts of the plan it is for, in words, and this page there."""
    if not found.outside:
        return []
    here = parts.of(request)
    wanted = found.limits.get("line", ()) if "line" in found.outside else (here.line,)
    region = "" if "region" in found.outside else here.region
    there = [Part(line, region) for line in wanted]
    return [(parts.said(part), parts.address(request, part, request.path_info)) for part in there]


def _versions(found: Reading | NotInForce) -> list[tuple[reading.Wording, str, str, int | None]]:
    """Each version with its standing in words, and the number of the one before it."""
    rows = found.versions
    before: list[int | None] = [*(each.number for each in rows[1:]), None]
    told = [words.STANDINGS[Standing(each.standing)] for each in rows]
    return [(each, *said, old) for each, said, old in zip(rows, told, before, strict=True)]
