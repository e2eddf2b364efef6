"""The providers of identity the plan trusts: listed, added, changed, tried, closed."""

from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.accounts.elsewhere import linking, provider_details
from portico.domains.accounts.elsewhere import providers as known_providers
from portico.domains.accounts.elsewhere.provider_details import OPENID_CONNECT, SAML, NewProvider
from portico.domains.accounts.elsewhere.providers import BadProvider, Provider, Row, UnknownProvider
from portico.domains.offices import offices
from portico.edges.web import asking
from portico.edges.web.accounts.elsewhere import known, protocols
from portico.edges.web.staff.single_sign_on.forms import FORMS, ProviderForm

KINDS: Final = {OPENID_CONNECT: "OpenID Connect", SAML: "SAML"}
STAFF: Final = "The plan's staff"


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every provider, the open ones first."""
    rows = known_providers.listed(actor=asking.actor_of(request))
    names = offices.names({row.provider.office_id for row in rows if row.provider.office_id})
    context = {
        "rows": [(row, KINDS[row.provider.kind], _whose(row.provider, names)) for row in rows],
        "speaks_saml": provider_details.speaks_saml(),
    }
    return render(request, "staff/identity_providers.html", context)


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One provider: what it is, what it has to know of us, who waits, who is linked."""
    actor, row = asking.actor_of(request), read(request, slug)
    provider = row.provider
    names = offices.names({provider.office_id} if provider.office_id else set())
    context = {
        "row": row,
        "provider": provider,
        "kind": KINDS[provider.kind],
        "whose": _whose(provider, names),
        "is_openid": provider.kind == OPENID_CONNECT,
        "back": protocols.back(provider),
        "entity_id": protocols.entity_id(provider),
        "certificates": [provider_details.ends_at(each) for each in provider.details.certificates],
        "waiting": linking.waiting(actor=actor, slug=slug, key=request.GET.get("waiting", "")),
        "linked": linking.linked(actor=actor, slug=slug, key=request.GET.get("linked", "")),
    }
    return render(request, "staff/identity_provider.html", context)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Describe a provider and trust it."""
    actor = asking.actor_of(request)
    known_providers.prepare(actor=actor)
    form = FORMS[kind](request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new = form.provider(office_id=_office(form))
            made = known_providers.add(actor=actor, new=new)
        except (BadProvider, offices.UnknownOffice) as error:
            form.add_error(None, _sentence(error))
        else:
            messages.success(
                request, f"{made.name} is added. Try the connection, then tell it what stands below."
            )
            return redirect("identity_provider", slug=made.slug)
    lead = "It signs in people whom the plan links to their users, and gives nobody anything."
    return _form_page(request, form, f"Add a provider of {KINDS[kind]}", lead, reverse("identity_providers"))


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is written down of an open provider."""
    actor, provider = asking.actor_of(request), _open(request, slug)
    form = FORMS[provider.kind](request.POST or None, known=provider)
    if request.method == "POST" and form.is_valid():
        changed: NewProvider = form.provider(office_id=provider.office_id, known=provider)
        try:
            known_providers.change(actor=actor, changed=changed)
        except BadProvider as error:
            form.add_error(None, _sentence(error))
        else:
            messages.success(request, "It is changed, and in force from the next sign-in on.")
            return redirect("identity_provider", slug=slug)
    lead = "Its key, its issuer and whose people it signs in stay. For another issuer, add another provider."
    back = reverse("identity_provider", args=[slug])
    return _form_page(request, form, f"Change {provider.name}", lead, back)


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether to trust the provider no more, and do it."""
    provider = _open(request, slug)
    if request.method == "GET":
        return render(request, "staff/identity_provider_close.html", {"provider": provider})
    known_providers.close(actor=asking.actor_of(request), slug=slug)
    messages.success(request, f"{provider.name} is closed: nobody signs in with it any more.")
    return redirect("identity_provider", slug=slug)


@require_POST
def test(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask a provider of OpenID Connect what it says of itself, now."""
    provider = read(request, slug).provider
    if provider.kind != OPENID_CONNECT or provider.closed_at:
        raise Http404
    try:
        said = known.read(provider.details.issuer)
        keys = known.read_keys(said)
    except known.Unusable as error:
        messages.error(request, f"{provider.name} cannot be used: {error}.")
    else:
        messages.success(
            request, f"{provider.name} answers as it should, and signs with {len(keys)} usable key(s)."
        )
    return redirect("identity_provider", slug=slug)


def read(request: HttpRequest, slug: str, *, lately: bool = False) -> Row:
    """The provider of that key; Http404 where there is none."""
    try:
        return known_providers.one(actor=asking.actor_of(request), slug=slug, lately=lately)
    except UnknownProvider as error:
        raise Http404 from error


def _open(request: HttpRequest, slug: str) -> Provider:
    provider = read(request, slug, lately=True).provider
    if provider.closed_at:
        raise Http404
    return provider


def _office(form: ProviderForm) -> int | None:
    key = form.cleaned_data["office"]
    return offices.find(key).id if key else None


def _whose(provider: Provider, names: dict[int, str]) -> str:
    return STAFF if provider.office_id is None else names.get(provider.office_id, "")


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."


def _form_page(request: HttpRequest, form: Form, title: str, lead: str, back_url: str) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": "Save",
        "back_url": back_url,
    }
    return render(request, "staff/machine_form.html", context, status=422 if form.errors else 200)
