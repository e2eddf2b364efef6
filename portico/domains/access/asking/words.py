"""What people write to each other about a request: without anything of a patient, and sealed."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.conf import settings

from portico.shared.patient_signs import Sign, signs

__all__ = ["ANSWER", "NOTE", "HoldsPatients", "Sign", "check", "opened", "sealed"]

NOTE: Final = "note"
ANSWER: Final = "answer"


class HoldsPatients(ValueError):
    """Something in it points at a patient; `found` says in which field which signs, never what they were."""

    def __init__(self, found: Mapping[str, tuple[Sign, ...]]) -> None:
        super().__init__(", ".join(sorted({str(sign) for each in found.values() for sign in each})))
        self.found = found


def check(**texts: str) -> None:
    """Raise HoldsPatients where one of these texts points at a patient."""
    found = {name: signs(text, forms=settings.MEMBER_ID_FORMS) for name, text in texts.items()}
    found = {name: each for name, each in found.items() if each}
    if found:
        raise HoldsPatients(found)


def sealed(text: str, *, of: UUID, what: str) -> bytes | None:
    """The text sealed for that column of that request; None for no text."""
    typed = text.strip()
    return settings.PORTICO_VAULT.seal(typed, place=_place(of, what)) if typed else None


def opened(kept: bytes | memoryview | None, *, of: UUID, what: str) -> str:
    """The text again; "" where none was kept."""
    if kept is None:
        return ""
    text: str = settings.PORTICO_VAULT.open(bytes(kept), place=_place(of, what))
    return text


def _place(of: UUID, what: str) -> str:
    return f"access.request.{what}:{of}"
