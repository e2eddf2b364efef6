"""The log of exchanges at the plan's desk: searched by either side's numbers, and how fast answers were."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portico.domains.exchange import log
from portico.domains.exchange.log import Operation, Result, Sought
from portico.domains.plan import days
from portico.edges.web import asking
from portico.edges.web.rendering import DayField, DayPickerInput

OPERATIONS: Final[Mapping[Operation, str]] = {
    Operation.REAL_TIME: "Real time",
    Operation.BATCH_SUBMIT: "Batch handed in",
    Operation.ACKNOWLEDGEMENT_RETRIEVAL: "Acknowledgement fetched",
    Operation.RESULTS: "Batch answered",
    Operation.RESULTS_RETRIEVAL: "Results fetched",
    Operation.RESULTS_ACKNOWLEDGEMENT: "Results acknowledged",
}
RESULTS: Final[Mapping[Result, tuple[str, str]]] = {
    Result.ANSWERED: ("Answered", "positive"),
    Result.ACCEPTED: ("Accepted", "positive"),
    Result.REJECTED: ("Rejected", "caution"),
    Result.REFUSED: ("Refused", "negative"),
    Result.FAILED: ("Failed on our side", "negative"),
}
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}


class SoughtForm(forms.Form):
    """Which exchanges to list."""

    number = forms.RegexField(
        r"^[0-9]{1,9}\Z",
        label="Control number",
        help_text="Theirs or ours (ISA13).",
        required=False,
        widget=forms.TextInput({**_TYPED, "inputmode": "numeric", "maxlength": 9}),
        error_messages={"invalid": "A control number has up to nine digits."},
    )
    payload = forms.CharField(
        label="Payload ID", required=False, max_length=80, widget=forms.TextInput(_TYPED)
    )
    sender = forms.CharField(label="Sender ID", required=False, max_length=50, widget=forms.TextInput(_TYPED))
    first_on = DayField(label="Received from", required=False, help_text="", widget=DayPickerInput())
    last_on = DayField(label="Until", required=False, help_text="", widget=DayPickerInput())
    result = forms.ChoiceField(
        label="Result",
        required=False,
        choices=(("", "Any"), *((str(result), said) for result, (said, _) in RESULTS.items())),
    )

    def sought(self) -> Sought:
        """What the valid form looks for; both days count."""
        given = self.cleaned_data
        last = given["last_on"]
        return Sought(
            control_number=given["number"],
            payload_id=given["payload"],
            sender_id=given["sender"],
            since=_begin(given["first_on"]) if given["first_on"] else None,
            before=_begin(last + timedelta(days=1)) if last and last < date.max else None,
            result=Result(given["result"]) if given["result"] else None,
        )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The exchanges, newest first, and how fast this month's answers were."""
    actor, form = asking.actor_of(request), SoughtForm(request.GET)
    sought = form.sought() if form.is_valid() else Sought()
    page = log.page(actor=actor, sought=sought, after=request.GET.get("after", ""))
    month = actor.today.replace(day=1)
    following = (month + timedelta(days=31)).replace(day=1)
    level = log.service_level(actor=actor, since=_begin(month), before=_begin(following))
    wanted = {name: str(value) for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "rows": [(row, *_said(row)) for row in page.rows],
        "older": urlencode({**wanted, "after": page.next_key}) if page.next_key else "",
        "is_sought": bool(wanted),
        "month": f"{month:%B %Y}",
        "level": level,
        "share": _percent(level.share),
        "p90": _seconds(level.p90),
    }
    return render(request, "staff/exchanges.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One exchange: its parties, its time, and both sides' control numbers; nothing of its content."""
    try:
        row = log.one(actor=asking.actor_of(request), number=number)
    except log.UnknownExchange as error:
        raise Http404 from error
    operation, result, tone, took = _said(row)
    said = {
        "row": row,
        "envelope": row.envelope.upper(),
        "operation": operation,
        "result": result,
        "tone": tone,
        "took": took,
        "has_numbers": bool(row.interchange or row.our_interchange),
    }
    return render(request, "staff/exchange.html", said)


def _said(row: log.Exchange) -> tuple[str, str, str, str]:
    return (OPERATIONS[row.operation], *RESULTS[row.result], _seconds(row.milliseconds))


def _begin(day: date) -> datetime:
    return days.begins(day)


def _seconds(milliseconds: int | None) -> str:
    if milliseconds is None:
        return ""
    return f"{milliseconds} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def _percent(share: float | None) -> str:
    """The share rounded down, so that 89.99 does not read as 90."""
    return "" if share is None else f"{int(share * 1000) / 10:g}%"
