"""The sign-in rules: when identity is verified, edited as a whole, looked at before it is kept.

The page works without scripts: every button sends the whole table, and shows it changed; only Save keeps it.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.accounts.proving import provers
from portico.domains.audit import reading
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.verification import Rule
from portico.domains.plan import policy, verification_answers, verification_table
from portico.domains.plan.verification_rules import MOST_ROWS, CannotSet
from portico.domains.plan.verification_table import IS, SUBJECT, WAS, Changed, Table
from portico.edges.web import asking
from portico.edges.web import identity_words as words
from portico.edges.web.staff.rule_forms import Rows

CHANGED: Final = (
    "Somebody else has changed the table since you opened it. What you see is yours; open the page again to "
    "see theirs."
)
READ_THEM: Final = "Read the warnings, and say that you mean it."


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The table as it is; a POST changes what is shown, and Save keeps it."""
    table = _read(request)
    if request.method == "GET":
        return _page(request, Rows.of(table.rules), table.rules, was=table.version, table=table)
    rows, act = Rows.sent(request.POST), request.POST.get("act", "")
    was = request.POST.get("was", "")
    if act == "default":
        return _save(request, rows, (), was, table)
    if act not in ("save", "preview"):
        changed = rows.after(act)
        return _page(request, changed, changed.rules(), was=was, table=table)
    if not rows.are_valid():
        return _page(request, rows, None, was=was, table=table, status=422)
    if act == "preview":
        return _page(request, rows, rows.rules(), was=was, table=table)
    return _save(request, rows, rows.rules() or (), was, table)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Who changed the table, when, from what to what, as the audit has it."""
    key = request.GET.get("after", "")
    with permit(asking.actor_of(request), Function.AUDIT_READING) as given:
        kind, identifier = SUBJECT
        page = reading.about(given=given, kind=kind, identifier=identifier, key=key)
        given.conclude("sign_in_rules_history_shown")
    changes = [(row, texts(row, WAS), texts(row, IS)) for row in page.rows if row.outcome == "allowed"]
    context = {"changes": changes, "next_key": page.next_key}
    return render(request, "staff/sign_in_rules_history.html", context)


def texts(row: reading.Row, kind: str) -> list[str]:
    """What a change of rules noted of that kind, in order."""
    return [identifier for of, identifier in row.subjects if of == kind]


def _read(request: HttpRequest) -> Table:
    with permit(asking.actor_of(request), Function.SIGN_IN_RULES) as given:
        given.conclude("sign_in_rules_shown")
        return verification_table.read()


def _save(request: HttpRequest, rows: Rows, rules: tuple[Rule, ...], was: str, table: Table) -> HttpResponse:
    in_force = rules or policy.DEFAULT_RULES
    cautions = verification_answers.cautions(in_force, provers=provers.codes())
    if rules and cautions and not request.POST.get("meant"):
        return _page(request, rows, rules, was=was, table=table, wrong=READ_THEM, status=422)
    try:
        verification_table.replace(
            actor=asking.actor_of(request), rules=rules, provers=provers.codes(), was=was
        )
    except Changed:
        return _page(request, rows, rules, was=was, table=table, wrong=CHANGED, status=422)
    except CannotSet as error:
        return _page(request, rows, rules, was=was, table=table, wrong=_sentence(error), status=422)
    messages.success(request, "The sign-in rules are changed. They count from the next request on.")
    return redirect("sign_in_rules")


def _page(
    request: HttpRequest,
    rows: Rows,
    rules: tuple[Rule, ...] | None,
    *,
    was: str,
    table: Table,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page with these rows; `rules` are what they say, None where they say nothing whole."""
    in_force = () if rules is None else rules or policy.DEFAULT_RULES
    found = () if rules is None else verification_answers.cautions(in_force, provers=provers.codes())
    context: dict[str, Any] = {
        "rows": rows.forms,
        "was": was,
        "wrong": wrong,
        "is_default": table.is_default,
        "is_empty": not rows.forms,
        "may_add": len(rows.forms) < MOST_ROWS,
        "is_saved": rules == table.rules,
        "has_preview": rules is not None,
        "lines": words.lines(in_force),
        "cautions": [words.caution(each) for each in found],
        "error_forms": [form for form in rows.forms if form.is_bound and form.errors],
    }
    return render(request, "staff/sign_in_rules.html", context, status=status)


def _sentence(error: CannotSet) -> str:
    said = str(error)
    return f"Row {error.row}: {said}." if error.row else f"{said[:1].upper()}{said[1:]}."
