"""From Markdown to a page: where links and images of a text lead, and its stable address."""

from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portico.domains.library import rendering
from portico.domains.library.rendering import Addresses
from portico.domains.library.shelf import Part
from portico.edges.web import parts


def part_of(request: HttpRequest) -> Part:
    """The part of the plan that is read in."""
    here = parts.of(request)
    return Part(here.line, here.region)


def html(
    request: HttpRequest,
    body: str,
    *,
    key: str,
    number: int,
    leads_to: Collection[str],
    files: Collection[str],
) -> SafeString:
    """The text of a version as HTML. Links lead to documents in `leads_to`, images show its own `files`."""
    addresses = Addresses(
        document=_known(leads_to, lambda linked: reverse("library_document", args=[linked])),
        attachment=_known(files, lambda name: reverse("library_file", args=[key, number, name])),
        page=lambda path: parts.address(request, parts.of(request), path),
    )
    return mark_safe(rendering.html(body, addresses))  # noqa: S308 - rendering lets through nothing but marks


def stable(route: str, *named: object) -> str:
    """The address of a page that stays, whatever part of the plan it is read in."""
    return f"{settings.SITE}{parts.outside(route, *named)}"


def _known(names: Collection[str], address: Callable[[str], str]) -> Callable[[str], str | None]:
    return lambda name: address(name) if name in names else None
