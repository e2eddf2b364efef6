"""A text of the library as its desk reads it: with the version's files, and links that stay at the desk."""

from collections.abc import Collection

from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe

from portico.domains.library import rendering
from portico.domains.library.rendering import Addresses


def text(body: str, *, key: str, number: int, names: Collection[str]) -> SafeString:
    """The text as HTML. `names`: the files of the version."""
    addresses = Addresses(
        document=_document,
        attachment=lambda name: (
            reverse("staff_library_file", args=[key, number, name]) if name in names else None
        ),
        page=lambda path: get_script_prefix().rstrip("/") + path,
    )
    return mark_safe(rendering.html(body, addresses))  # noqa: S308 - what comes out of rendering is safe


def _document(key: str) -> str | None:
    try:
        return reverse("staff_library_document", args=[key])
    except NoReverseMatch:
        return None
