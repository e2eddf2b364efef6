"""Routes of look-ups, from either side."""

from typing import Any

from django.urls import URLPattern, path

from portico.edges.web.lookups import views
from portico.edges.web.lookups.sides import Side


def of(side: Side) -> list[URLPattern]:
    """The page, and the file to take home."""
    given: dict[str, Any] = {"side": side}
    return [
        path("", views.listed, given, name=f"{side.prefix}_lookups"),
        path("file/", views.file, given, name=f"{side.prefix}_lookups_file"),
    ]
