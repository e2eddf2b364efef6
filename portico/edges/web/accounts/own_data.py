"""Your data: one file with everything the portal keeps about a person as a user.

It is written while it is sent, some hundred uses of the portal at a time, each time as the person is allowed
now. What is taken away meanwhile cuts the file off, so that it is no whole file.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portico.domains.access import own_holdings
from portico.domains.accounts.own import own_data
from portico.domains.audit import reading
from portico.domains.audit.reading import Row
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking

AT_A_TIME: Final = 500
_USE: Final = (
    *("at", "reference", "door", "function", "outcome", "reasons", "conclusion"),
    *("persona_id", "office_id", "tax_id", "line", "region", "provider", "subject_count"),
)


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Say what is in the file; a POST sends it."""
    actor = asking.actor_of(request)
    if request.method == "GET":
        with permit(actor, Function.OWN_ACCOUNT) as given:
            given.conclude("own_data_offered")
        return render(request, "accounts/own_data.html")
    sections: dict[str, Any] = {
        "made_at": actor.asked_at,
        **own_data.kept(actor=actor),
        "personas": [asdict(holding) for holding in own_holdings.every(actor=actor)],
    }
    response = StreamingHttpResponse(
        _written(request, sections, until=actor.asked_at), content_type="application/json"
    )
    name = f"provider-portal-data-{actor.today:%Y-%m-%d}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _written(request: HttpRequest, sections: dict[str, Any], *, until: datetime) -> Iterator[str]:
    """The text of the file, uses of the portal last."""
    yield "{\n"
    for name, section in sections.items():
        yield f'  "{name}": {_json(section)},\n'
    yield '  "uses": ['
    comma = ""
    for use in _uses(request, until):
        yield f"{comma}\n    {_json(use)}"
        comma = ","
    yield "\n  ]\n}\n"


def _uses(request: HttpRequest, until: datetime) -> Iterator[dict[str, Any]]:
    key: str | None = ""
    while key is not None:
        with permit(asking.anew(request), Function.OWN_ACCOUNT) as given:
            page = reading.own(given=given, until=until, key=key, size=AT_A_TIME)
            given.conclude("own_uses_given")
        yield from (_use(row) for row in page.rows)
        key = page.next_key


def _use(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _USE}


def _json(value: Any) -> str:
    return json.dumps(value, default=_said, ensure_ascii=False)


def _said(value: object) -> str:
    """An instant or a day as ISO 8601 writes it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} stands in nobody's data")
