"""Wishes to join the office: who asks, letting them in with what they may do, or not."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access.asking.proposing import Offers
from portico.domains.access.delegating.creating import BadPerson
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.delegating.sets import AccessSet
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.accounts.users import UsernameTaken
from portico.domains.permits.functions import Function
from portico.domains.registration import join_inbox
from portico.domains.registration.join_inbox import Case, UnknownJoin
from portico.edges.web.people import words as people_words
from portico.edges.web.requests import words
from portico.edges.web.requests.deciding import CANNOT_GIVE
from portico.edges.web.requests.forms import GivingForm
from portico.edges.web.requests.sides import OFFICE

BAD_PERSON = (
    "Their registration lacks a name or a mail address that works. Make the person under People instead."
)
AT_ONCE = "Somebody of the same name was made at the same moment. Let them in once more."


class LetInForm(GivingForm):
    """What somebody who is let in may do."""

    def __init__(self, data: Any = None, *, offers: Offers) -> None:
        """Offer what may be handed out; eligibility always belongs to it."""
        initial = {"functions": [str(Function.ELIGIBILITY)], "tax_ids": list(offers.tax_ids)}
        super().__init__(data, initial=initial, offers=offers)
        self.fields["functions"].help_text = "Eligibility always belongs to it."

    def access(self) -> AccessSet:
        """What the valid form gives."""
        return AccessSet(self.where(), dict.fromkeys(self.given_functions(), self.given_lines()))


@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Who asks; a POST lets them in."""
    case = _case(request, number)
    form = LetInForm(request.POST if request.method == "POST" else None, offers=case.offers)
    if request.method == "POST" and form.is_valid():
        try:
            made = join_inbox.accept(actor=OFFICE.actor(request), number=number, access=form.access())
        except UnknownJoin as error:
            raise Http404 from error
        except BeyondCeiling as error:
            form.add_error(None, "; ".join(f"{words.fault(each)}." for each in error.faults))
        except CannotGive:
            form.add_error(None, CANNOT_GIVE)
        except CannotInvite as error:
            form.add_error(None, people_words.CANNOT_INVITE[error.hindrance])
        except BadPerson:
            form.add_error(None, BAD_PERSON)
        except UsernameTaken:
            form.add_error(None, AT_ONCE)
        else:
            messages.success(request, f"{case.join.name} is let in, and an invitation is on its way.")
            return redirect("office_person", made.user_id)
    context = {"join": case.join, "form": form}
    return render(request, "requests/joining.html", context, status=422 if form.errors else 200)


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Let them not in."""
    try:
        join_inbox.refuse(actor=OFFICE.actor(request), number=number)
    except UnknownJoin as error:
        raise Http404 from error
    messages.success(request, "Nobody was let in.")
    return redirect("office_requests")


def _case(request: HttpRequest, number: int) -> Case:
    try:
        return join_inbox.case(actor=OFFICE.actor(request), number=number)
    except UnknownJoin as error:
        raise Http404 from error
