"""What an office hears of its directory entries: notices in the portal, and mails that name nobody."""

from collections.abc import Collection
from datetime import date
from typing import Final

from portico.domains.access import keepers
from portico.domains.accounts import telling
from portico.domains.directory import models
from portico.domains.notifications import notices
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

NEWS: Final = "directory_news"
ATTESTATION: Final = "directory_attestation"
State = models.Change.State
KINDS: Final = {
    State.ACCEPTED: "directory_change_accepted",
    State.REFUSED: "directory_change_refused",
    State.CONTRADICTED: "directory_change_contradicted",
}
"""Notices of what became of a change, by its state."""
DUE, LAPSED = "directory_attestation_due", "directory_attestation_lapsed"


def decided(given: Permit, row: models.Change) -> None:
    """Tell whoever sent a change what became of it."""
    if row.sent_by is None:
        return
    kind, at = KINDS[State(row.state)], given.actor.asked_at
    context = {"change": row.reference}
    notices.tell_user(user_id=row.sent_by, kind=kind, context=context, now=at)
    telling.to_user(given, row.sent_by, NEWS, kind=row.state)


def to_confirm(given: Permit, office_id: int, tax_ids: Collection[str], *, kind: str, until: date) -> None:
    """Tell who keeps the entries of these tax IDs that they are to be confirmed, or were not in time."""
    keepers.tell(
        given,
        office_id,
        tax_ids,
        function=Function.DIRECTORY_MAINTENANCE,
        kind=kind,
        template=ATTESTATION,
        context={"until": until.isoformat()},
        facts={
            "kind": kind.removeprefix("directory_attestation_"),
            "deadline_on": f"{until:%B} {until.day}, {until.year}",
        },
    )
