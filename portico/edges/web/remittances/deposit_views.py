"""Deposits: noted one by one or as a file, listed with the payments they match, taken back."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.claims import deposits, missing_remittances, trends
from portico.domains.claims.deposit_rules import Standing
from portico.domains.claims.deposits import DepositNotFound, DepositView, Noted
from portico.edges.web import asking
from portico.edges.web.codes import payments as payment_words
from portico.edges.web.remittances.deposit_forms import DepositFileForm, DepositForm
from portico.edges.web.remittances.forms import TaxIdForm
from portico.edges.web.remittances.views import tax_ids
from portico.shared import identifiers

STANDINGS: Final = {
    Standing.MATCHED: ("Matched", "positive"),
    Standing.DIFFERS: ("Another amount", "negative"),
    Standing.WAITING: ("Waiting for its remittance", "neutral"),
    Standing.OVERDUE: ("Remittance overdue", "caution"),
}
MOST_FAULTS: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The deposits; a POST notes one."""
    actor = asking.actor_of(request)
    sent = request.POST if request.method == "POST" else None
    form = DepositForm(sent, tax_ids=tax_ids(actor), today=actor.today)
    if form.is_bound and form.is_valid():
        tax_id = form.cleaned_data["tax_id"]
        noted = deposits.note(actor=actor, tax_id=tax_id, deposits=[form.deposit()])
        _say(request, noted)
        return redirect("deposits")
    return _page(request, form=form)


@require_POST
def file(request: HttpRequest) -> HttpResponse:
    """Note a file of deposits; lines that cannot be read are told, the others are taken."""
    actor = asking.actor_of(request)
    form = DepositFileForm(request.POST, request.FILES, tax_ids=tax_ids(actor), today=actor.today)
    if not form.is_valid():
        return _page(request, file=form)
    read = form.cleaned_data["file"]
    noted = deposits.note(actor=actor, tax_id=form.cleaned_data["tax_id"], deposits=read.deposits)
    _say(request, noted)
    if not read.faults:
        return redirect("deposits")
    told = [f"Line {line}: {words}" for line, words in read.faults[:MOST_FAULTS]]
    if len(read.faults) > MOST_FAULTS:
        told.append(f"And {len(read.faults) - MOST_FAULTS:,} more lines.")
    form.add_error("file", told)
    return _page(request, file=form)


@require_POST
def remove(request: HttpRequest, deposit: UUID) -> HttpResponse:
    """Take a deposit back that was noted by mistake."""
    try:
        deposits.remove(actor=asking.actor_of(request), deposit=deposit)
    except DepositNotFound as error:
        raise Http404 from error
    messages.success(request, "The deposit is taken back.")
    return redirect("deposits")


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    """What is missing between bank and remittance."""
    found = missing_remittances.report(actor=asking.actor_of(request))
    context = {
        "missing": found,
        "without_remittance": list(map(_shown, found.without_remittance)),
        "differing": list(map(_shown, found.differing)),
        "without_deposit": [(each, payment_words.method(each.method)) for each in found.without_deposit],
        "watched": get_text_list(list(map(identifiers.format_tax_id, found.watched)), "and"),
        "most": missing_remittances.MOST,
    }
    return render(request, "remittances/missing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trend(request: HttpRequest) -> HttpResponse:
    """Twelve months as pictures and as a table; of one tax ID where one is sent."""
    actor = asking.actor_of(request)
    form = TaxIdForm(request.POST if request.method == "POST" else None, tax_ids=tax_ids(actor))
    tax_id = form.cleaned_data["tax_id"] if form.is_bound and form.is_valid() else ""
    told = trends.of(actor=actor, tax_id=tax_id)
    context = {
        "form": form,
        "trends": told,
        "tax_id": tax_id,
        "most_paid": max((month.paid for month in told.months), default=0),
        "most_decided": max((month.decided for month in told.months), default=0),
        "most_days": max((month.days or 0 for month in told.months), default=0),
    }
    return render(request, "remittances/trends.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, **forms: DepositForm | DepositFileForm) -> HttpResponse:
    actor = asking.actor_of(request)
    page = deposits.listed(actor=actor, after=request.GET.get("after", ""))
    offered = tax_ids(actor)
    context: dict[str, Any] = {
        "rows": list(map(_shown, page.rows)),
        "next_key": page.next_key,
        "form": forms.get("form") or DepositForm(tax_ids=offered, today=actor.today),
        "file": forms.get("file") or DepositFileForm(tax_ids=offered, today=actor.today),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "remittances/deposits.html", context, status=status)


def _shown(view: DepositView) -> tuple[DepositView, str, str]:
    return view, *STANDINGS[view.standing]


def _say(request: HttpRequest, noted: Noted) -> None:
    if noted.new:
        said = "1 deposit is noted." if noted.new == 1 else f"{noted.new:,} deposits are noted."
        messages.success(request, said)
    if noted.known:
        several = f"{noted.known:,} payment numbers were noted before, and stay as they are."
        messages.info(
            request,
            "The payment number was noted before, and stays as it is." if noted.known == 1 else several,
        )
