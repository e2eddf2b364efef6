"""The library documents that stand behind codes, as the plan has said."""

from collections.abc import Collection, Mapping
from typing import Final

from portico.domains.claims import models
from portico.domains.claims.answers import PolicyRef
from portico.domains.library import titles
from portico.domains.permits.permit import Permit

CARC: Final = models.CodePolicy.Kind.CARC.value
RARC: Final = models.CodePolicy.Kind.RARC.value
PEND: Final = models.CodePolicy.Kind.PEND.value
Codes = Collection[tuple[str, str]]


def behind(given: Permit, codes: Codes, *, line: str) -> Mapping[tuple[str, str], PolicyRef]:
    """The document behind each of these codes in a line, by kind and code; none: left out. Two queries.

    One for the line counts before one for every line. A document that is not in force today is left out.
    """
    held = _held(codes, line)
    actor = given.actor
    named = titles.of(set(held.values()), at=actor.asked_at, today=actor.today)
    return {code: PolicyRef(key, named[key]) for code, key in held.items() if key in named}


def _held(codes: Codes, line: str) -> dict[tuple[str, str], str]:
    if not codes:
        return {}
    rows = models.CodePolicy.objects.filter(code__in={code for _, code in codes}, line__in=["", line])
    found = {(row.kind, row.code): row.document for row in rows.order_by("line")}
    return {key: document for key, document in found.items() if key in codes}
