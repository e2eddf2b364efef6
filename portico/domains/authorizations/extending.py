"""The plan takes longer to decide: once, by as much as the rule allows, and only for a coded reason.

Offices are told by a notice and a letter that says why and until when. clocks decides whether it may be.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from portico.domains.authorizations import awaiting, clocks, deciding, ledger, letters, telling
from portico.domains.authorizations.clocks import CannotSet, Extension
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

WHY: Final[Mapping[str, str]] = MappingProxyType(
    {
        Extension.PATIENT_ASKED: (
            "The patient, or somebody who speaks for the patient, asked for more time."
        ),
        Extension.OFFICE_ASKED: "The office that sent the request asked for more time.",
        Extension.EVIDENCE_ELSEWHERE: (
            "We need medical evidence from somebody outside the plan's network. It may change a decision to "
            "deny, so waiting for it is in the patient's interest."
        ),
        Extension.UNUSUAL_CIRCUMSTANCES: (
            "Unusual circumstances keep us from deciding in time, and waiting is in the patient's interest."
        ),
    }
)
"""Each reason in the words of the page and the letter."""


@dataclass(frozen=True, slots=True)
class Extended:
    """The clock is longer; `due_at` is the new end."""

    due_at: datetime


@dataclass(frozen=True, slots=True)
class NotExtended:
    """It stays as it was: `code` of clocks.CannotSet, or "changed" where somebody was quicker."""

    code: str


def extend(*, actor: Actor, authorization: UUID, version: int, code: str) -> Extended | NotExtended | None:
    """Take longer for that reason (clocks.Extension); None where there is no such request.

    Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = deciding.found(given, authorization)
        if row is None:
            given.conclude("not_found")
            return None
        if row.version != version:
            given.conclude("authorization_not_extended")
            return NotExtended("changed")
        try:
            clock = clocks.extend(given, row, code=code, side=ledger.Side.PLAN)
        except CannotSet as error:
            given.conclude("authorization_not_extended")
            return NotExtended(error.code)
        awaiting.touch(given, row)
        row.save(update_fields=["version", "changed_at"])
        due_at = clock.due_at or given.actor.asked_at
        letters.of_extension(given, row, why=WHY[code], due_at=due_at)
        telling.offices(given, row, telling.EXTENDED)
        given.conclude("authorization_extended")
        return Extended(due_at)
