"""Deciding about access requests: what waits, one of them with what it would give, and the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from portico.domains.access.asking import decide, views
from portico.domains.access.asking.decide import CannotDecide, Case, HoldsPatients, UnknownRequest
from portico.domains.access.delegating.refusals import BeyondCeiling, CannotGive
from portico.domains.access.looking_after import OutOfReach
from portico.domains.registration import join_inbox
from portico.edges.web.requests import words
from portico.edges.web.requests.forms import AdjustForm, AnswerForm, DenyForm
from portico.edges.web.requests.sides import Side

CANNOT_GIVE = (
    "This cannot be given as it stands: the office does not have a tax ID, a line or a provider of it any "
    "more. Give something else, or deny it."
)
MOST_JOINS = 100
OUT_OF_REACH = "What this person holds is not yours to change. Another administrator decides, or the plan."


@require_safe
def inbox(request: HttpRequest, side: Side) -> HttpResponse:
    """The requests within reach; the open ones unless all are asked for."""
    everything = request.GET.get("which") == "all"
    found = views.inbox(actor=side.actor(request), open_only=not everything, key=request.GET.get("after", ""))
    rows = [(words.shown(each), side.one(each.public_id)) for each in found.page.rows]
    joins = () if side.is_plan else join_inbox.waiting(actor=side.actor(request), size=MOST_JOINS).rows
    context = {
        "side": side,
        "joins": joins,
        "inbox": found,
        "rows": rows,
        "everything": everything,
        "decides": True,
    }
    return render(request, "requests/inbox.html", context)


@require_safe
def one(request: HttpRequest, side: Side, number: UUID) -> HttpResponse:
    """One request, what approving it gives, and the ways to answer."""
    return _page(request, side, number)


@sensitive_post_parameters("answer")
@require_POST
def approve(request: HttpRequest, side: Side, number: UUID) -> HttpResponse:
    """Give what was asked for."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, side, number, approving=form)

    def act() -> str:
        answer = form.cleaned_data["answer"]
        waits = decide.approve(actor=side.actor(request), public_id=number, answer=answer)
        return _said(waits=waits)

    return _answered(request, side, number, act, approving=form)


@sensitive_post_parameters("answer")
@require_POST
def adjust(request: HttpRequest, side: Side, number: UUID) -> HttpResponse:
    """Give something else."""
    form = AdjustForm(request.POST, case=_case(request, side, number))
    if not form.is_valid():
        return _page(request, side, number, adjusting=form)

    def act() -> str:
        waits = decide.adjust(
            actor=side.actor(request),
            public_id=number,
            items=form.chosen(),
            answer=form.cleaned_data["answer"],
        )
        return _said(waits=waits)

    return _answered(request, side, number, act, adjusting=form)


@sensitive_post_parameters("answer")
@require_POST
def deny(request: HttpRequest, side: Side, number: UUID) -> HttpResponse:
    """Give nothing."""
    form = DenyForm(request.POST)
    if not form.is_valid():
        return _page(request, side, number, denying=form)

    def act() -> str:
        decide.deny(
            actor=side.actor(request),
            public_id=number,
            why=form.denial(),
            answer=form.cleaned_data["answer"],
        )
        return "The request is denied, and the person is told why."

    return _answered(request, side, number, act, denying=form)


def _answered(
    request: HttpRequest, side: Side, number: UUID, act: Callable[[], str], **forms: AnswerForm
) -> HttpResponse:
    """Do it, and say what came of it; what keeps it from being done stands beside the form."""
    [form] = forms.values()
    try:
        messages.success(request, act())
    except UnknownRequest as error:
        raise Http404 from error
    except CannotDecide as error:
        messages.error(request, words.HINDRANCES[error.code])
        return redirect(side.one(number))
    except HoldsPatients as error:
        form.add_error("answer", words.patients(error.found["answer"]))
    except BeyondCeiling as error:
        form.add_error(None, "; ".join(f"{words.fault(each)}." for each in error.faults))
    except OutOfReach:
        form.add_error(None, OUT_OF_REACH)
    except CannotGive:
        form.add_error(None, CANNOT_GIVE)
    return _page(request, side, number, **forms) if form.errors else redirect(side.inbox())


def _page(request: HttpRequest, side: Side, number: UUID, **forms: AnswerForm) -> HttpResponse:
    case = _case(request, side, number)
    context: dict[str, Any] = {
        "side": side,
        "shown": words.shown(case.request),
        "given": [(words.given(each), each.state == "proposed") for each in case.request.given],
        "items": [words.item(each) for each in case.items],
        "faults": [words.fault(each) for each in case.faults],
        "hindrance": words.HINDRANCES.get(case.hindrance, ""),
        "may_deny": case.hindrance in ("", decide.GONE, decide.SEPARATE),
        "back_url": side.inbox(),
        "urls": {act: side.one(number, act) for act in ("approve", "adjust", "deny")},
        "approving": AnswerForm(),
        "adjusting": AdjustForm(case=case),
        "denying": DenyForm(),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "requests/decide.html", context, status=status)


def _case(request: HttpRequest, side: Side, number: UUID) -> Case:
    try:
        return decide.case(actor=side.actor(request), public_id=number)
    except UnknownRequest as error:
        raise Http404 from error


def _said(*, waits: bool) -> str:
    if waits:
        return "It is given, and counts as soon as somebody else has confirmed it. The person is told."
    return "It is given, and open at the person's next click. The person is told."
