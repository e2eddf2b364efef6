"""The steps that choose: terms, regions, what is registered, as what, and what to have at hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portico.edges.web import addresses, asking
from portico.edges.web.accounts.terms import PUBLISHED_MEANWHILE, AgreeForm
from portico.edges.web.accounts.terms_text import blocks
from portico.edges.web.register import kept, steps, taking, words
from portico.edges.web.register.forms import PersonForm
from portico.edges.web.register.steps import Standing, Step


@steps.step(Step.TERMS)
@taking.refused_softly
def terms(request: HttpRequest, found: Standing) -> HttpResponse:
    """Show the terms in force; a POST agrees to the text that was shown."""
    asked = found.offered.terms
    assert asked is not None  # noqa: S101 - the step is there where terms are
    form = AgreeForm(request.POST or None, initial={"digest": asked.digest})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["digest"] == asked.digest:
            at, address = asking.now(), addresses.client_address(request)
            agreed = kept.agreed(asked.version, asked.digest, at, address)
            return steps.go_on(steps.keep(request, found, agreed))
        messages.warning(request, PUBLISHED_MEANWHILE)
        return redirect("register_terms")
    return steps.shown(request, found, Step.TERMS, form=form, terms=asked, blocks=blocks(asked.text))


@steps.step(Step.REGION)
@taking.refused_softly
def region(request: HttpRequest, found: Standing) -> HttpResponse:
    """Where the office sees members."""
    return taking.form_step(request, found, Step.REGION)


@steps.step(Step.ACCOUNT)
@taking.refused_softly
def account(request: HttpRequest, found: Standing) -> HttpResponse:
    """What is registered."""
    return taking.form_step(request, found, Step.ACCOUNT)


@steps.step(Step.PERSON)
@taking.refused_softly
def person(request: HttpRequest, found: Standing) -> HttpResponse:
    """As what; whoever is invited instead of registering is led to where that is said."""
    if request.method == "POST":
        form = found.form(Step.PERSON, request.POST)
        if isinstance(form, PersonForm) and form.is_nobody and not taking.goes_back(request):
            return redirect("register_staff")
    name = words.account_type(found.kept.text("account_type"))
    return taking.form_step(request, found, Step.PERSON, account_type=name)


@steps.step(Step.AT_HAND)
@taking.refused_softly
def at_hand(request: HttpRequest, found: Standing) -> HttpResponse:
    """What this type needs; a POST says that it is there."""
    offer = found.offer
    assert offer is not None  # noqa: S101 - the step before it is done
    if request.method == "POST":
        ready = {kept.READY: f"{offer.account_type}.{offer.code}"}
        if taking.goes_back(request):
            return steps.go_on(found, found.before(Step.AT_HAND))
        return steps.go_on(steps.keep(request, found, ready))
    needs = words.at_hand(offer)
    path = words.PATHS[offer.path]
    return steps.shown(
        request, found, Step.AT_HAND, needs=needs, also=words.ALSO_AT_HAND, path=path, offer=offer
    )
