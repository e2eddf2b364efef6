"""Another mail address for one's account: asked for, confirmed and undone by links that only open a form."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.own import address_undoing, addresses, profile
from portico.domains.accounts.own.address_undoing import Undone
from portico.domains.accounts.own.addresses import Asked, Links
from portico.domains.accounts.own.profile_rules import MOST_CHANGES_A_DAY
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking, mailed, middleware, parts
from portico.edges.web.accounts.profile_forms import AddressForm, LinkForm

REFUSED: Final = {
    Asked.NO_ADDRESS: "Enter one whole mail address, such as j.rivera@example.org.",
    Asked.SAME: "Your account has this address already.",
    Asked.TOO_MANY: f"At most {MOST_CHANGES_A_DAY} addresses a day. Try again tomorrow, or call the plan.",
}
ASKED: Final = (
    "We wrote to the new address. Open the link in that mail, in this browser, to finish. Until then your "
    "account stays as it is."
)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Ask for another address; what is said next is the same whoever else has it."""
    actor = asking.actor_of(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = addresses.ask(actor=actor, email=form.cleaned_data["email"], links=_links())
        if outcome is Asked.ASKED:
            messages.success(request, ASKED)
            return redirect("account")
        form.add_error("email", REFUSED[outcome])
    if request.method == "GET":
        with permit(actor, Function.OWN_CREDENTIALS) as given:
            given.conclude("address_form_shown")
    context = {"form": form, "profile": profile.read(actor=actor)}
    return render(request, "accounts/mail_address.html", context, status=422 if form.errors else 200)


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the new address, from its mailbox's link and the account's own session together."""
    if not asking.is_signed_in(request):
        if request.method == "POST":
            return middleware.to_sign_in(request)
        return render(request, "accounts/address_sign_in.html")
    secret = mailed.secret_of(request)
    if request.method == "GET":
        return render(request, "accounts/address_confirm.html", {"form": LinkForm(initial={"t": secret})})
    if not addresses.confirm(actor=asking.actor_of(request), secret=secret, links=_links()):
        return render(request, "accounts/address_over.html", {"confirms": True}, status=404)
    messages.success(request, "This is your account's mail address now. We told the old one, if it had any.")
    return redirect("account")


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest) -> HttpResponse:
    """Undo a change, by the link in the old mailbox; whoever opens it need not be signed in."""
    secret = mailed.secret_of(request)
    if request.method == "GET":
        return render(request, "accounts/address_undo.html", {"form": LinkForm(initial={"t": secret})})
    outcome = address_undoing.undo(actor=asking.actor_of(request), secret=secret)
    if outcome is Undone.NO_SUCH_LINK:
        return render(request, "accounts/address_over.html", status=404)
    return render(request, "accounts/address_undone.html", {"is_restored": outcome is Undone.RESTORED})


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Let the change that waits be."""
    had_any = addresses.withdraw(actor=asking.actor_of(request))
    messages.success(request, "Your account keeps its mail address." if had_any else "No change was waiting.")
    return redirect("account")


def _links() -> Links:
    confirm_at, undo_at = (
        f"{settings.SITE}{parts.outside(route)}?{mailed.FIELD}="
        for route in ("address_confirm", "address_undo")
    )
    return Links(confirm=confirm_at, cancel=undo_at)
