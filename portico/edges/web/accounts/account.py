"""Your account: all of it on one page, with what is left to do and the way to everything one may change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portico.domains.access import personas
from portico.domains.accounts.credentials import questions
from portico.domains.accounts.own import profile
from portico.domains.accounts.own.profile import Profile
from portico.domains.accounts.proving.provers import PROVIDER_FILE
from portico.domains.accounts.signing_in import confirmation
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk
from portico.domains.plan import policy
from portico.edges.web import asking, confirming, prover_words, refusals, zones
from portico.edges.web.accounts.personas import DESKS
from portico.edges.web.accounts.profile_forms import MAILS
from portico.edges.web.context import PERSONA_NAMES

PROVERS: Final = {
    "desk": "the plan's desk",
    "documents": "documents the plan looked at",
    "contact": "a code sent to a contact on file",
    "openid_connect": "another sign-in that the plan trusts",
    "provider_file": "a registration that agreed with the provider file",
}
Left = tuple[str, str]


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account."""
    actor = asking.actor_of(request)
    shown = profile.read(actor=actor)
    standing = confirming.standing(request, confirmation.state(actor=actor))
    context = {
        **_you(actor, shown),
        **_terms(shown),
        "left": [*_left(actor, shown)],
        "personas": [*_personas(actor)],
        "proofs": [*_proofs(actor, shown)],
        "is_identity_asked": _is_identity_asked(actor),
        "keeps_question": questions.are_kept(),
        "standing": standing,
        "standing_for": refusals.FUNCTION_NAMES[standing.function] if standing.function else "",
        "mails": [(label, name not in shown.mails_off) for name, (label, _) in MAILS.items()],
    }
    return render(request, "accounts/account.html", context)


def _proofs(actor: Actor, shown: Profile) -> Iterator[tuple[str, datetime]]:
    """What proved who one is; that a registration matched, only where the plan takes it for enough."""
    for each, at in shown.proofs.items():
        if each != PROVIDER_FILE or actor.account.verification.takes(each):
            yield PROVERS.get(each) or prover_words.name(each), at


def _you(actor: Actor, shown: Profile) -> dict[str, Any]:
    languages, chosen = profile.languages(), shown.details.language or settings.LANGUAGE_CODE
    return {
        "profile": shown,
        "language": languages.get(chosen, next(iter(languages.values()))),
        "zone": zones.name_of(shown.details.time_zone or settings.PLAN_TIME_ZONE),
        "is_own_zone": bool(shown.details.time_zone),
        "now": actor.asked_at,
    }


def _terms(shown: Profile) -> dict[str, Any]:
    agreed = shown.acceptances[0] if shown.acceptances else None
    return {
        "agreed": agreed,
        "asked_terms": policy.current().terms_version,
        "has_agreed": agreed is not None and agreed.digest == policy.current().terms_digest,
    }


def _personas(actor: Actor) -> Iterator[tuple[personas.OwnPersona, str, str]]:
    """Each with what it is called, and its desk where it has one."""
    for each in personas.own(actor=actor):
        yield each, PERSONA_NAMES[PersonaKind(each.kind)], DESKS[Desk(each.desk)] if each.desk else ""


def _left(actor: Actor, shown: Profile) -> Iterator[Left]:
    """What keeps the account from being safe, or from being open: in words, and where it is done."""
    signs = shown.signing_in
    if not actor.account.terms_accepted:
        yield "Agree to the terms of use in force", reverse("terms_accept")
    if not shown.email:
        asked = "Confirm your mail address" if shown.pending else "Name a mail address, and confirm it"
        yield f"{asked}: without one, no link to set a new password is mailed", reverse("mail_address")
    if not (signs.authenticator_since or signs.passkeys):
        yield "Set up a second step at sign-in", reverse("factors")
    elif not signs.codes_left:
        yield "Make recovery codes, for the day your second step is lost", reverse("recovery_codes")
    if questions.are_kept() and not signs.question_set_at:
        yield "Choose a recovery question", reverse("own_question")
    if _is_identity_asked(actor):
        yield "Verify your identity", reverse("identity")


def _is_identity_asked(actor: Actor) -> bool:
    """Does anything this persona holds wait for a proof?"""
    held = actor.held.functions() | (DESK_FUNCTIONS[actor.desk] if actor.desk else frozenset())
    return any(actor.account.verification.asked(function, actor.asked_at) for function in held)
