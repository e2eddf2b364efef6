"""The audit as the plan's staff reads it: by reference, by member ID, or by office and user numbers."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portico.domains.audit import reading
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.edges.web.rendering import InlineOptions
from portico.shared import identifiers

WAYS = (("reference", "Reference"), ("member", "Member ID"))


class AuditForm(forms.Form):
    """What to look for in the audit."""

    by = forms.ChoiceField(label="Look for", choices=WAYS, widget=InlineOptions(), initial="reference")
    text = forms.CharField(
        label="Reference or member ID",
        max_length=90,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter a reference or a member ID."},
    )


@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """Look something up in the audit; a search is a POST, and is audited itself."""
    form = AuditForm(request.POST or None)
    searching = request.method == "POST" and form.is_valid()
    with permit(asking.actor_of(request), Function.AUDIT_READING) as given:
        rows = _rows(given, form) if searching else ()
        given.conclude("rows_shown" if rows else "nothing_shown")
    context = {"form": form, "rows": rows, "searched": searching}
    return render(request, "staff/audit.html", context, status=422 if form.errors else 200)


def _rows(given: reading.Given, form: AuditForm) -> tuple[reading.Row, ...]:
    text = form.cleaned_data["text"]
    if form.cleaned_data["by"] == "reference":
        found = reading.by_reference(given=given, reference=identifiers.parse_reference(text))
        return (found,) if found else ()
    compact = "".join(text.split()).replace("-", "").upper()
    return reading.about(given=given, kind="member", identifier=compact).rows
