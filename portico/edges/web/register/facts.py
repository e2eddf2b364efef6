"""The steps that ask: the numbers the plan looks at, and who registers. Tax IDs come and go by buttons."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portico.edges.web.register import marks, steps, taking
from portico.edges.web.register.kept import MOST_TAX_IDS, TAX_ID, tax_ids_in
from portico.edges.web.register.steps import Standing, Step

ADD: Final = "add"
REMOVE: Final = "remove"


@steps.step(Step.FACTS)
@taking.refused_softly
def facts(request: HttpRequest, found: Standing) -> HttpResponse:
    """The numbers and the office; a POST may also add a line for a tax ID, or take one away."""
    changed = _tax_ids(request)
    if changed is None:
        return taking.form_step(request, found, Step.FACTS)
    typed = found.form(Step.FACTS, request.POST).typed()
    lines: dict[str, object] = {f"{TAX_ID}{place}": None for place in range(MOST_TAX_IDS)}
    lines.update({f"{TAX_ID}{place}": each for place, each in enumerate(changed)})
    now = steps.keep(request, found, {**typed, **lines})
    response = redirect(f"{steps.address(Step.FACTS)}#id_{TAX_ID}{len(changed) - 1}")
    marks.keep(response, now.mark)
    return response


@steps.step(Step.CONTACT)
@taking.refused_softly
def contact(request: HttpRequest, found: Standing) -> HttpResponse:
    """Who registers, and how the plan reaches them."""
    return taking.form_step(request, found, Step.CONTACT)


def _tax_ids(request: HttpRequest) -> list[str] | None:
    """The tax IDs after a line was added or taken away; None where neither was asked for."""
    act, _, place = request.POST.get(taking.GO, "").partition("_")
    typed = list(tax_ids_in(request.POST))
    if act == ADD:
        return [*typed, ""][:MOST_TAX_IDS]
    if act == REMOVE and place.isdecimal() and len(typed) > 1:
        return [each for at, each in enumerate(typed) if at != int(place)]
    return None
