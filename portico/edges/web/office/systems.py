"""The systems that ask in an office's name: what each may ask for, since when, and when it last did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access import machines
from portico.domains.plan import catalogue
from portico.edges.web import asking, machine_words


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The office's connected systems, the newest first; to be read, the plan's desk changes them."""
    actor = asking.actor_of(request)
    page = machines.of_own_office(actor=actor, key=request.GET.get("after", ""))
    lines = catalogue.line_names()
    rows = [
        (
            machine,
            machine_words.KINDS[machine.row.kind],
            *machine_words.state(machine.row),
            machine_words.granted(machine, lines, actor.today),
        )
        for machine in page.rows
    ]
    context = {"rows": rows, "next_key": page.next_key, "plan": catalogue.identity()}
    return render(request, "office/systems.html", context)
