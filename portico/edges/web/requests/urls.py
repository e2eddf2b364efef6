"""Routes of access requests: one's own, and deciding about others' from either side."""

from typing import Any

from django.urls import URLPattern, path

from portico.edges.web.requests import deciding, joining, own
from portico.edges.web.requests.sides import Side

urlpatterns = [
    path("", own.listed, name="access_requests"),
    path("new/", own.new, name="access_request_new"),
    path("<uuid:number>/", own.one, name="access_request"),
    path("<uuid:number>/withdraw/", own.withdraw, name="access_request_withdraw"),
]


joining_urlpatterns = [
    path("joining/<int:number>/", joining.one, name="office_join"),
    path("joining/<int:number>/refuse/", joining.refuse, name="office_join_refuse"),
]


def of(side: Side) -> list[URLPattern]:
    """The inbox of that side, one request, and the answers to it."""
    given: dict[str, Any] = {"side": side}
    answers = {"approve": deciding.approve, "adjust": deciding.adjust, "deny": deciding.deny}
    return [
        path("", deciding.inbox, given, name=f"{side.prefix}_requests"),
        path("<uuid:number>/", deciding.one, given, name=f"{side.prefix}_request"),
        *(
            path(f"<uuid:number>/{act}/", view, given, name=f"{side.prefix}_request_{act}")
            for act, view in answers.items()
        ),
    ]
