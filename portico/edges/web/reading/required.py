"""Required reading: one's own, saying that one has read, and who has: in one's office, in all of them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.library import readership, required
from portico.domains.library.readership import ByOffice
from portico.domains.library.reading import UnknownDocument
from portico.edges.web import asking, csv_written


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one has to read, and what one has read."""
    actor = asking.actor_of(request)
    found = required.mine(actor=actor)
    context = {
        "open": [(each, each.is_late(actor.today)) for each in found if each.read_at is None],
        "read": [each for each in found if each.read_at is not None],
    }
    return render(request, "reading/required.html", context)


@require_POST
def read(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say that one has read it."""
    try:
        is_new = required.acknowledge(actor=asking.actor_of(request), key=key, number=number)
    except UnknownDocument as error:
        raise Http404 from error
    messages.success(request, "Thank you: it is noted." if is_new else "It was noted before.")
    return redirect("required_reading")


@require_safe
def of_office(request: HttpRequest) -> HttpResponse:
    """Who of the own office has read what."""
    actor = asking.actor_of(request)
    found = readership.of_office(actor=actor)
    rows = [(each, each.must_read_by < actor.today and each.read < len(each.people)) for each in found]
    return render(request, "reading/required_of_office.html", {"rows": rows})


@require_safe
def of_plan(request: HttpRequest) -> HttpResponse:
    """What offices have to read now, and how many have."""
    actor = asking.actor_of(request)
    rows = [
        (each, each.must_read_by < actor.today and each.read < each.people)
        for each in readership.of_plan(actor=actor)
    ]
    return render(request, "reading/required_of_plan.html", {"rows": rows})


@require_safe
def by_office(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One of them, office by office."""
    found = _by_office(request, key, number)
    return render(request, "reading/required_by_office.html", {"found": found.counted, "rows": found.rows})


@require_safe
def as_csv(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The same as a file."""
    found = _by_office(request, key, number)
    rows = ([each.name, str(each.read), str(each.people)] for each in found.rows)
    return csv_written.attached(f"read-{key}-{number}.csv", ("Office", "Have read", "People"), rows)


def _by_office(request: HttpRequest, key: str, number: int) -> ByOffice:
    try:
        return readership.by_office(actor=asking.actor_of(request), key=key, number=number)
    except UnknownDocument as error:
        raise Http404 from error
