"""Panels of a page: each asks its own use case, and a failing one fails alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import structlog

from portico.domains.permits.permit import NotPermitted
from portico.shared import identifiers

log = structlog.get_logger(__name__)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Panel(Generic[Answer]):
    """An answer; or the reference of what failed; or the refusal, with its decision and its reference."""

    answer: Answer | None = None
    failed: str = ""
    refused: NotPermitted | None = None


def ask(name: str, question: Callable[[], Answer], *, unknown: type[LookupError]) -> Panel[Answer]:
    """Ask; a failure is logged under a reference that the panel shows and support can look up.

    `unknown` passes: it says that there is nothing here for this person, and concerns the whole page.
    """
    try:
        return Panel(answer=question())
    except NotPermitted as refusal:
        return Panel(refused=refusal)
    except unknown:
        raise
    except Exception as error:
        reference = getattr(error, "reference", None) or identifiers.new_reference()
        log.exception("panel_failed", panel=name, reference=reference)
        return Panel(failed=reference)
