"""After the first sign-in of somebody who registered: what opens patients, what is open meanwhile, and the
mail address that waits to be confirmed.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access import personas
from portico.domains.accounts.own import profile
from portico.domains.accounts.proving import proofs
from portico.domains.accounts.second_factors import factors
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.edges.web import asking, middleware, prover_words
from portico.edges.web.accounts.identity import tasks

DESK: Final = "desk"


@require_safe
def after(request: HttpRequest) -> HttpResponse:
    """Two things open patients: a proof of who you are, and a second step; how far each is."""
    if not asking.is_signed_in(request):
        return middleware.to_sign_in(request)
    actor = asking.actor_of(request)
    is_administrator = actor.persona_kind is PersonaKind.ADMINISTRATOR
    wanted = Function.MANAGE_USERS if is_administrator else Function.ELIGIBILITY
    own = proofs.own(actor=actor)
    asked = actor.account.verification.asked(wanted, actor.asked_at)
    ways = [prover_words.name(each) for each in asked if each in own.open and each != DESK]
    context = {
        "is_proven": not asked,
        "ways": ways,
        "identity": tasks.address(wanted=wanted),
        "has_factor": bool(factors.ways(actor.user_id)) if actor.user_id else False,
        "is_administrator": is_administrator,
        "has_several": personas.has_several(actor),
        "profile": profile.read(actor=actor),
    }
    return render(request, "register/next.html", context)
