"""The help on identity verification: the plan's table in words, as decide() asks it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.accounts.proving import provers
from portico.domains.plan import policy
from portico.edges.web import identity_words as words
from portico.edges.web import prover_words


@require_safe
def identity(request: HttpRequest) -> HttpResponse:
    """When identity has to be verified, by whom, and how."""
    context = {
        "lines": words.lines(policy.current().rules),
        "ways": [(prover_words.name(code), prover_words.HOW.get(code, "")) for code in provers.codes()],
    }
    return render(request, "site/support_identity.html", context)
