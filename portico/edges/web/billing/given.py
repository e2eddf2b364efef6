"""An office's billing companies: what each may do, letting one work, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access.clients import giving
from portico.domains.access.clients.giving import BeyondCeiling, CannotGive, Company, UnknownGrant
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.edges.web.billing import words
from portico.edges.web.billing.forms import FindForm, TermsForm
from portico.shared import identifiers

NOT_FOUND = (
    "No billing company with this tax ID has an office here. Check the number with the company; it may have "
    "to register here first, as a billing company."
)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was given, the latest first, and where another company is named."""
    page = giving.listed(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    context = {
        "rows": words.shown(page.rows),
        "next_key": page.next_key,
        "form": FindForm(),
    }
    return render(request, "billing/given.html", context)


@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Name a company by its tax ID, then say what it may do; the button at the end gives it."""
    actor = asking.actor_of(request)
    with permit(actor, Function.MANAGE_USERS, lately=True) as given:
        given.conclude("client_access_begun")
    find = FindForm(request.POST if request.method == "POST" else None)
    company = giving.find(actor=actor, tax_id=find.cleaned_data["company"]) if find.is_valid() else None
    if company is not None:
        return _terms(request, company)
    if find.is_valid():
        find.add_error("company", NOT_FOUND)
    return render(request, "billing/find.html", {"form": find}, status=422 if find.errors else 200)


def _terms(request: HttpRequest, company: Company) -> HttpResponse:
    """What that company may do; given once the form is sent and nothing is wrong with it."""
    actor = asking.actor_of(request)
    form = TermsForm(
        request.POST if "send" in request.POST else None,
        offered=giving.form(actor=actor),
        initial={"company": company.tax_id, "first_on": actor.today},
    )
    if form.is_valid():
        try:
            giving.give(actor=actor, company=company.tax_id, terms=form.terms())
        except (BeyondCeiling, CannotGive) as error:
            form.refuse(error)
        else:
            messages.success(request, f"{company.name} may work for you, from the first day on.")
            return redirect("office_billing_companies")
    tax_id = identifiers.format_tax_id(company.tax_id)
    context = {"form": form, "company": company, "tax_id": tax_id}
    return render(request, "billing/give.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, number: UUID) -> HttpResponse:
    """Take it back, in one click."""
    try:
        is_done = giving.end(actor=asking.actor_of(request), public_id=number)
    except UnknownGrant as error:
        raise Http404 from error
    said = "Taken back: it is closed at their next click." if is_done else "It was over already."
    messages.success(request, said)
    return redirect("office_billing_companies")
