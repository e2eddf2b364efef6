"""Making recovery codes, which are shown once: on the page, which can be printed, and as a text file."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.second_factors import own_factors, recovery_codes
from portico.domains.accounts.second_factors.own_factors import Change
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.accounts import factors

FILE_NAME: Final = "recovery-codes.txt"


@sensitive_variables("codes")
@require_http_methods(["GET", "POST"])
@factors.after_first_sign_in
def codes(request: HttpRequest) -> HttpResponse:
    """Say what new codes mean; a POST makes ten and shows them."""
    actor = asking.actor_of(request)
    if request.method == "POST":
        codes = recovery_codes.renew(actor=actor)
        if codes:
            return render(request, "accounts/recovery_codes_made.html", {"codes": codes})
    held = own_factors.held(actor=actor)
    if not held.may_change:
        return factors.answer(request, Change.NOT_PASSED, "")
    return render(request, "accounts/recovery_codes.html", {"held": held})


@sensitive_post_parameters()
@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """The codes that were just shown, as text to be kept; nothing else is ever written into it."""
    shown = request.POST.getlist("code")[: recovery_codes.HOW_MANY]
    codes = recovery_codes.unused(actor=asking.actor_of(request), codes=shown)
    if not codes:
        raise Http404
    lines = (f"{catalogue.identity().name}, provider portal: recovery codes", "", *codes, "")
    response = HttpResponse("\r\n".join(lines), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
