"""Looking at one field while it is typed: a message beside it. Nothing is looked up, and nothing is kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portico.edges.web.register import checks, fault_words
from portico.edges.web.register.every_form import CHECKED
from portico.edges.web.register.kept import LONGEST, TAX_ID


@sensitive_post_parameters()
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """What is to be said of the field that `check` names, out of a form as far as it is typed."""
    name = request.POST.get("check", "")
    typed = request.POST.get(name, "")[:LONGEST]
    if not typed.strip() or not (name in CHECKED or name.startswith(TAX_ID)):
        return HttpResponse()
    faults = [fault_words.FAULTS[code] for code in checks.faults(name, typed, request.POST)]
    hints = [fault_words.HINTS[code] for code in checks.hints(name, typed, request.POST)]
    context = {"faults": faults, "hints": hints, "fine": fault_words.FINE.get(name, "")}
    return render(request, "register/checked.html", context)
