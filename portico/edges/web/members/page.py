"""The member's page: one verdict, then panels that each ask their own use case and fail alone."""

from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portico.domains.members import accumulators, benefits, eligibility, lookups, other_coverage
from portico.domains.members.answers import (
    AccumulatorsAnswer,
    BenefitsAnswer,
    EligibilityAnswer,
    Limit,
    Meter,
    Network,
    ServiceBenefit,
    Verdict,
)
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.edges.web import asking, panels, refusals
from portico.edges.web.members import categories, forms, words

Answer = TypeVar("Answer")


@require_safe
def page(request: HttpRequest, lookup: UUID) -> HttpResponse:
    """Show the member of this lookup; somebody else's is unknown, an undecided one goes to the choice."""
    actor = asking.actor_of(request)
    try:
        covered = _ask("eligibility", lambda: eligibility.of(actor=actor, lookup=lookup))
        if covered.refused:
            raise covered.refused
        context = {
            "lookup": lookup,
            "eligibility": covered,
            "benefits": _ask("benefits", lambda: benefits.of(actor=actor, lookup=lookup)),
            "accumulators": _ask("accumulators", lambda: accumulators.of(actor=actor, lookup=lookup)),
            "other": _ask("other_coverage", lambda: other_coverage.of(actor=actor, lookup=lookup)),
        }
    except lookups.NotChosen:
        return redirect("patient_choose", lookup=lookup)
    except lookups.LookupNotFound as error:
        raise Http404 from error
    return render(request, "members/page.html", {**context, **_said(actor, context)})


def _ask(name: str, question: Callable[[], Answer]) -> panels.Panel[Answer]:
    return panels.ask(name, question, unknown=lookups.LookupNotFound)


def _said(actor: Actor, context: dict[str, Any]) -> dict[str, Any]:
    answer: EligibilityAnswer | None = context["eligibility"].answer
    benefit: BenefitsAnswer | None = context["benefits"].answer
    meters: AccumulatorsAnswer | None = context["accumulators"].answer
    return {
        **(_verdict(answer) if answer else {}),
        "categories": _services(benefit) if benefit else (),
        "glance": _glance(benefit) if benefit else (),
        "limits": _limits(benefit) if benefit else (),
        "meters": _meters(meters) if meters else (),
        "as_of_form": forms.AsOfForm(initial={"as_of": answer.as_of}) if answer else None,
        "payer_order": words.PAYER_ORDER,
        "closed": {
            name: _closed(actor, context[name].refused) for name in ("benefits", "accumulators", "other")
        },
    }


def _closed(actor: Actor, refused: NotPermitted | None) -> refusals.Refusal | None:
    return refusals.in_words(actor, refused.decision, refused.reference) if refused else None


def _verdict(answer: EligibilityAnswer) -> dict[str, Any]:
    covered = answer.coverage
    return {
        "is_covered": answer.verdict in (Verdict.ACTIVE, Verdict.ACTIVE_IN_GRACE),
        "headline": words.headline(answer),
        "tone": words.TONES[answer.verdict],
        "status": words.STATUS[answer.verdict],
        "relationship": words.relationship(answer.person.relationship),
        "span": words.span(covered) if covered else "",
        "level": words.LEVELS.get(covered.level, covered.level) if covered else "",
        "others": [(span, words.span(span), words.STATUS[span.verdict]) for span in answer.others],
        "pcp_standing": words.PCP_STANDING[answer.pcp.standing] if answer.pcp else "",
        "pcp_tone": words.PCP_TONES[answer.pcp.standing] if answer.pcp else "",
    }


def _services(answer: BenefitsAnswer) -> list[dict[str, Any]]:
    """The services under their headings, each in words."""
    ordered = [(category, _service(service)) for category, service in categories.ordered(answer.services)]
    return [
        {"name": name, "services": [service for _, service in group]}
        for name, group in groupby(ordered, key=itemgetter(0))
    ]


def _service(service: ServiceBenefit) -> dict[str, Any]:
    limit = service.limit
    return {
        "name": service.name,
        "in_network": words.cost(service.in_network),
        "out_of_network": words.cost(service.out_of_network),
        "limit": words.limit(limit),
        "is_used_up": bool(limit and limit.remaining is not None and limit.remaining <= 0),
        "authorization": words.AUTHORIZATION.get(service.authorization, service.authorization),
        "needs_authorization": service.authorization != "no",
        "note": service.note,
    }


def _glance(answer: BenefitsAnswer) -> list[tuple[str, str]]:
    """What the front desk asks first, in network: the services of `categories.AT_A_GLANCE` the plan has."""
    by_type = {service.service_type: service for service in answer.services}
    found = [(label, by_type[code]) for code, label in categories.AT_A_GLANCE if code in by_type]
    return [(label, words.cost(service.in_network)) for label, service in found]


def _limits(answer: BenefitsAnswer) -> list[tuple[str, Limit]]:
    """The limits whose use the plan told, for a picture each; the most used first."""
    told = [(s.name, s.limit) for s in answer.services if s.limit is not None and s.limit.used is not None]
    return sorted(told, key=lambda pair: (pair[1].used or 0) / pair[1].quantity, reverse=True)


def _meters(answer: AccumulatorsAnswer) -> list[tuple[str, list[tuple[str, Meter]]]]:
    networks = (("In network", Network.IN), ("Out of network", Network.OUT))
    return [
        (title, [(_label(meter), meter) for meter in answer.meters if meter.network is network])
        for title, network in networks
        if any(meter.network is network for meter in answer.meters)
    ]


def _label(meter: Meter) -> str:
    kind = "deductible" if meter.kind == "deductible" else "out-of-pocket maximum"
    return f"{meter.scope.capitalize()} {kind}"
