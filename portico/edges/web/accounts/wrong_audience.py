"""Whoever gives the right password of a member's, employer's or broker's account is told where it opens."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.plan import entrances

CODE: Final = "X-Portico-Reason"
WORDS: Final = {"member": "a member", "employer": "an employer", "broker": "a broker"}


def page(request: HttpRequest, audience: str) -> HttpResponse:
    """Say whose account it is and lead to its own site; nobody is signed in, and no try was spent."""
    context = {
        "of_whom": WORDS.get(audience, "somebody else"),
        "entrances": [each for each in entrances.all() if each.audience == audience],
    }
    response = render(request, "accounts/wrong_audience.html", context, status=403)
    response.headers[CODE] = Outcome.WRONG_AUDIENCE.value
    return response
