"""Rules that approve or send to a person: what counts, a version more, an end, and a rule tried out."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import approval_desk
from portico.domains.authorizations.approval_desk import CannotSet, RuleView, Tried, UnknownRule
from portico.edges.web import asking
from portico.edges.web.staff.authorizations import rule_forms, shown
from portico.edges.web.staff.authorizations.rule_forms import EndForm, RuleForm, TryForm
from portico.shared import pages

_FAULTS: Final = {
    "missing": "Enter this too.",
    "malformed": "Use letters, digits and dashes.",
    "too_long": "Make it shorter.",
    "unknown": "Choose one of the list.",
    "out_of_range": "Enter a number from 1 to 9999.",
    "in_the_past": "Choose today or a later day: what was decided stays decided by the rules of its day.",
    "before_last_version": "The version before begins later than that.",
    "ends_before_start": "It would end before it begins.",
    "ends_earlier": "It ends earlier than that. Publish another version instead.",
    "there_already": "Somebody published a version of it just now. Look at it first.",
}


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rules; a POST publishes one, ends one, or tries one out."""
    if request.method == "GET":
        return _page(request)
    match request.POST.get("do", ""):
        case "publish":
            return _publish(request)
        case "end":
            return _end(request)
        case "try":
            return _try(request)
    raise Http404


def _publish(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, rule_form=form)
    try:
        version = approval_desk.publish(actor=asking.actor_of(request), new=form.rule())
    except CannotSet as error:
        form.add_error(error.field, _why(error))
        return _page(request, rule_form=form)
    messages.success(request, f"Version {version} is published.")
    return redirect("approval_rules")


def _end(request: HttpRequest) -> HttpResponse:
    form, typed = EndForm(request.POST), request.POST.get("row", "")
    if not form.is_valid():
        return _page(request, end_form=form)
    number = int(typed) if pages.is_row(typed) else 0
    try:
        approval_desk.end(actor=asking.actor_of(request), number=number, last_on=form.cleaned_data["last_on"])
    except UnknownRule as error:
        raise Http404 from error
    except CannotSet as error:
        form.add_error("last_on", _why(error))
        return _page(request, end_form=form)
    messages.success(request, "The rule ends on that day.")
    return redirect("approval_rules")


def _try(request: HttpRequest) -> HttpResponse:
    form = TryForm(request.POST)
    if not form.is_valid():
        return _page(request, try_form=form)
    given = form.cleaned_data
    try:
        tried = approval_desk.try_out(
            actor=asking.actor_of(request), outcome=given["outcome"], conditions=given["conditions"]
        )
    except CannotSet as error:
        form.add_error(error.field, _why(error))
        return _page(request, try_form=form)
    return _page(request, try_form=form, tried=tried)


def _why(error: CannotSet) -> str:
    return _FAULTS.get(error.code) or rule_forms.wrong_condition(error.code)


def _page(
    request: HttpRequest,
    *,
    rule_form: RuleForm | None = None,
    try_form: TryForm | None = None,
    end_form: EndForm | None = None,
    tried: Tried | None = None,
) -> HttpResponse:
    views = approval_desk.listed(actor=asking.actor_of(request))
    context = {
        "rules": [_row(view) for view in views],
        "rule_form": rule_form or RuleForm(),
        "try_form": try_form or TryForm(),
        "end_form": end_form,
        "tried": tried,
        "vocabulary": rule_forms.vocabulary(),
    }
    is_wrong = tried is None and any(form is not None for form in (rule_form, try_form, end_form))
    return render(request, "staff/authorizations/approval.html", context, status=422 if is_wrong else 200)


def _row(view: RuleView) -> dict[str, object]:
    return {
        "view": view,
        "does": dict(rule_forms.OUTCOMES)[view.rule.outcome],
        "conditions": [
            f"{shown.condition(one.field, one.test)} {', '.join(one.values)}" for one in view.rule.conditions
        ],
    }
