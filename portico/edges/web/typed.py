"""What somebody typed into a form, to be kept for them: never a password, a code or a file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

_TOKEN: Final = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
_SECRET: Final = re.compile(
    r"passw|passphrase|secret|answer|credential|token|(^|_)(code|pin|reply)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The values by the names of their fields; not `is_whole` where something may not be kept."""

    fields: Mapping[str, list[str]]
    is_whole: bool


def of(request: HttpRequest) -> Typed:
    """What this request was sent with, as far as it may be kept.

    Nothing, where the view says that all of it is sensitive (`sensitive_post_parameters()`).
    """
    sent = {name: [str(value) for value in values] for name, values in request.POST.lists() if name != _TOKEN}
    named = getattr(request, "sensitive_post_parameters", ())
    if named == "__ALL__":
        return Typed({}, is_whole=not sent and not request.FILES)
    kept = {name: values for name, values in sent.items() if name not in named and not _SECRET.search(name)}
    return Typed(kept, is_whole=len(kept) == len(sent) and not request.FILES)
