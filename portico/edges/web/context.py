"""What the frame around every page needs, as one `Shell` in every template's context."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

import portico
from portico.domains.access import personas
from portico.domains.access.clients import working
from portico.domains.directory import sights
from portico.domains.permits.actors import Actor, ActorKind, PersonaKind
from portico.domains.plan import catalogue, policy
from portico.edges.web import appearance, asking, idling, navigation, parts, zones
from portico.edges.web.shell import Choice, Idle, Link, PartOfPlan, Shell, SignedIn
from portico.shared import identifiers

FOR_EVERYBODY = (("Portal manual", "portal_manual"), ("Service status", "service_status"))
FIND_A_PROVIDER = ("Find a provider", "providers")
FOR_VISITORS = (
    ("Contact", "contact"),
    ("Which it is", "diagnose"),
    ("Entrances", "entrances"),
    ("How to know our site", "look_alikes"),
    ("What needs an authorization", "requirement_list"),
    ("Authorizations in figures", "authorization_metrics"),
    *FOR_EVERYBODY,
)
PERSONA_NAMES = {
    PersonaKind.ADMINISTRATOR: "Administrator",
    PersonaKind.END_USER: "End user",
    PersonaKind.PLAN_STAFF: "Plan staff",
}


def house(request: HttpRequest) -> dict[str, Any]:
    """The shell of this request."""
    actor = asking.actor_of(request)
    plan = catalogue.identity()
    return {
        "shell": Shell(
            plan_name=plan.name,
            provider_services_phone=plan.telephone,
            home_url=reverse("home"),
            is_demo=settings.DEMO,
            signed_in=_signed_in(request, actor),
            idle=_idle(request),
            sign_in_url="" if request.path == reverse("sign_in") else reverse("sign_in"),
            part=_part(request, actor),
            navigation=navigation.items(actor, request.path, parts.of(request)),
            help_url=reverse("help"),
            support_url=reverse("support"),
            links=_links(actor),
            terms_url=reverse("terms") if policy.current().terms_version else "",
            time_zone=_time_zone(request),
            version=portico.__version__,
            theme=appearance.chosen_theme(request),
            appearance_url=reverse("appearance"),
        )
    }


def _links(actor: Actor) -> tuple[Link, ...]:
    links = FOR_VISITORS if actor.kind is ActorKind.VISITOR else FOR_EVERYBODY
    if actor.kind is ActorKind.VISITOR and sights.shown(actor) is not sights.Shown.OFF:
        links = (FIND_A_PROVIDER, *links)
    return tuple(Link(label=label, url=reverse(route)) for label, route in links)


def _idle(request: HttpRequest) -> Idle | None:
    if not asking.is_signed_in(request):
        return None
    left = idling.left(request)
    return Idle(
        seconds=left.seconds,
        mark=left.mark,
        warned_before=idling.warned_before(),
        left_url=reverse("session_left"),
        keep_url=reverse("session_keep"),
        sign_in_url=reverse("sign_in"),
        sign_out_url=reverse("sign_out"),
    )


def _part(request: HttpRequest, actor: Actor) -> PartOfPlan | None:
    """Whoever works for an office chooses; anybody else is told where the address itself names a part."""
    part, works_here = parts.of(request), actor.office_id is not None
    if not works_here and part == parts.WHOLE:
        return None
    choices = catalogue.choices()
    return PartOfPlan(
        said=parts.said(part),
        line=part.line,
        region=part.region,
        lines=tuple(Choice(code=each.code, name=each.name) for each in choices.lines),
        regions=tuple(Choice(code=each.code, name=each.name) for each in choices.regions),
        url=reverse("part"),
        page=request.get_full_path() if request.method in ("GET", "HEAD") else reverse("home"),
    )


def _time_zone(request: HttpRequest) -> str:
    chosen = zones.chosen(request)
    return zones.name_of(chosen.key) if chosen else ""


def _signed_in(request: HttpRequest, actor: Actor) -> SignedIn | None:
    if actor.kind is ActorKind.VISITOR or actor.persona_kind is None:
        return None
    tax_ids = sorted(actor.standing.tax_ids)
    return SignedIn(
        person=actor.name,
        office=actor.context.get("office_name", ""),
        persona=PERSONA_NAMES[actor.persona_kind],
        masked_tax_id=identifiers.mask_tax_id(tax_ids[0]) if len(tax_ids) == 1 else "",
        account_url=reverse("account"),
        sign_out_url=reverse("sign_out"),
        switch_url=reverse("personas") if personas.has_several(actor) else "",
        works_for=working.current(actor),
        side_url=reverse("side") if working.works_elsewhere(actor) else "",
        side_is_another=not asking.is_at_chosen_side(request),
    )
