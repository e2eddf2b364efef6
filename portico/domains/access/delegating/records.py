"""What is kept of every change of access: a row of history, a notice to the person, the audit's code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portico.domains.access import models
from portico.domains.access.delegating import grants
from portico.domains.access.delegating.sets import FunctionAccess, Where
from portico.domains.notifications import notices
from portico.domains.permits.actors import GrantState
from portico.domains.permits.permit import Permit

NOTICE = "access_changed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One grant as the history keeps it; codes, because what was once there may be no more."""

    function: str
    where: Where
    lines: frozenset[str] | None = None
    state: str = GrantState.ACTIVE
    hands_out: frozenset[str] | None = None


def tell(
    given: Permit,
    persona: models.Persona,
    kind: str,
    *,
    before: Sequence[FunctionAccess],
    tells: bool = True,
) -> None:
    """Keep how it stood and how it stands now, tell the person, and conclude with it.

    Whoever has not signed in for the first time is told nothing: it is all new. Not `tells`: the person is
    told of the same act by another notice.
    """
    actor, after = given.actor, grants.held(persona, on=given.actor.today).running
    models.AccessChange.objects.create(
        persona=persona,
        office_id=persona.office_id or 0,
        kind=kind,
        at=actor.asked_at,
        by=actor.user_id,
        by_plan=actor.desk is not None,
        before=[_written(each) for each in before],
        after=[_written(each) for each in after],
        reference=given.reference,
    )
    if tells and persona.user.activated_at is not None:
        said = {"persona": persona.pk, "change": kind, "reference": given.reference}
        notices.tell_user(user_id=persona.user_id, kind=NOTICE, context=said, now=actor.asked_at)
    given.conclude(f"access_{kind}")


def entry(kept: Mapping[str, Any]) -> Entry:
    """The entry of what the history keeps."""
    last_on = kept.get("last_on")
    where = Where(
        frozenset(kept.get("tax_ids") or ()),
        _named(kept.get("providers")),
        _named(kept.get("regions")),
        date.fromisoformat(last_on) if last_on else None,
    )
    state, function = str(kept.get("state", GrantState.ACTIVE)), str(kept.get("function", ""))
    return Entry(function, where, _named(kept.get("lines")), state, _named(kept.get("hands_out")))


def _written(each: FunctionAccess) -> dict[str, Any]:
    item, where = each.item, each.item.where
    return {
        "function": str(item.function),
        "state": str(each.state),
        "tax_ids": sorted(where.tax_ids),
        "providers": _listed(where.providers),
        "regions": _listed(where.regions),
        "lines": _listed(item.lines),
        "last_on": where.last_on.isoformat() if where.last_on else None,
        "hands_out": _listed(item.hands_out),
    }


def _listed(named: Any) -> list[str] | None:
    return None if named is None else sorted(map(str, named))


def _named(listed: Any) -> frozenset[str] | None:
    return None if listed is None else frozenset(map(str, listed))
