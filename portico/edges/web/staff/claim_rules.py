"""The plan's rules of claims: deadlines with their sources, and the policies that stand behind codes."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.claims import rules_desk
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.codes import reasons, states
from portico.edges.web.staff.claim_rule_forms import KINDS, UNITS, DeadlineForm, EndForm, PolicyForm
from portico.shared import pages

CODE_KINDS: Final = {"carc": "Reason", "rarc": "Remark", "pend": "Pended for"}
_FAULTS: Final[Mapping[str, str]] = {
    "out_of_range": f"Enter a number of days from 1 to {rules_desk.LONGEST_DAYS}.",
    "missing": "Enter this too.",
    "too_long": "Make it shorter.",
    "unknown": "Choose one of the list.",
    "not_in_library": "The library has no document of this key in force today.",
    "there_already": "There is a rule like it already. Remove that one first.",
    "ends_before_start": "It would end before it begins.",
}
Done = Callable[[Actor], None]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rules; a POST adds one, ends one, or removes one."""
    if request.method == "GET":
        return _page(request)
    match request.POST.get("do", ""):
        case "add_deadline":
            return _add_deadline(request)
        case "end_deadline":
            return _end(request)
        case "remove_deadline":
            number = _number(request)
            return _remove(request, lambda actor: rules_desk.remove_deadline(actor=actor, number=number))
        case "add_policy":
            return _add_policy(request)
        case "remove_policy":
            number = _number(request)
            return _remove(request, lambda actor: rules_desk.remove_policy(actor=actor, number=number))
    raise Http404


def _add_deadline(request: HttpRequest) -> HttpResponse:
    form = DeadlineForm(request.POST, lines=_lines())
    if form.is_valid() and _kept(
        request, form, lambda actor: rules_desk.add_deadline(actor=actor, rule=form.rule())
    ):
        messages.success(request, "The deadline is added.")
        return redirect("claim_rules")
    return _page(request, deadline=form)


def _add_policy(request: HttpRequest) -> HttpResponse:
    form = PolicyForm(request.POST, lines=_lines())
    if form.is_valid() and _kept(
        request, form, lambda actor: rules_desk.add_policy(actor=actor, policy=form.policy())
    ):
        messages.success(request, "The policy is added.")
        return redirect("claim_rules")
    return _page(request, policy=form)


def _end(request: HttpRequest) -> HttpResponse:
    form, number = EndForm(request.POST), _number(request)
    if not form.is_valid():
        return _page(request, ended=form)
    last_on = form.cleaned_data["last_on"]
    try:
        rules_desk.end_deadline(actor=asking.actor_of(request), number=number, last_on=last_on)
    except rules_desk.UnknownRule as error:
        raise Http404 from error
    except rules_desk.CannotSet as error:
        form.add_error("last_on", _FAULTS[error.code])
        return _page(request, ended=form)
    messages.success(request, "The deadline ends on that day.")
    return redirect("claim_rules")


def _remove(request: HttpRequest, act: Done) -> HttpResponse:
    try:
        act(asking.actor_of(request))
    except rules_desk.UnknownRule as error:
        raise Http404 from error
    messages.success(request, "The rule is removed.")
    return redirect("claim_rules")


def _kept(request: HttpRequest, form: Any, act: Done) -> bool:
    """Was it kept? Else the form says why not."""
    try:
        act(asking.actor_of(request))
    except rules_desk.CannotSet as error:
        form.add_error(error.field if error.field in form.fields else None, _FAULTS[error.code])
        return False
    return True


def _page(
    request: HttpRequest,
    *,
    deadline: DeadlineForm | None = None,
    policy: PolicyForm | None = None,
    ended: EndForm | None = None,
) -> HttpResponse:
    rules, names = rules_desk.listed(actor=asking.actor_of(request)), catalogue.line_names()
    context = {
        "deadlines": [
            {
                "row": row,
                "name": KINDS[row.rule.kind],
                "length": f"{row.rule.days} {UNITS[row.rule.unit].lower()}",
                "line": names.get(row.rule.line, row.rule.line) or "Every line",
            }
            for row in rules.deadlines
        ],
        "policies": [
            {
                "row": row,
                "kind": CODE_KINDS[row.policy.kind],
                "means": _means(row.policy),
                "line": names.get(row.policy.line, row.policy.line) or "Every line",
            }
            for row in rules.policies
        ],
        "deadline": deadline or DeadlineForm(lines=_lines()),
        "policy": policy or PolicyForm(lines=_lines()),
        "ended": ended,
    }
    is_wrong = any(form is not None for form in (deadline, policy, ended))
    return render(request, "staff/claim_rules.html", context, status=422 if is_wrong else 200)


def _means(policy: rules_desk.Policy) -> str:
    words = {
        "carc": lambda code: reasons.carc(code).means,
        "rarc": lambda code: reasons.rarc(code).means,
        "pend": states.waits_for,
    }
    return words[policy.kind](policy.code)


def _lines() -> list[tuple[str, str]]:
    return list(catalogue.line_names().items())


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("row", "")
    return int(typed) if pages.is_row(typed) else 0
