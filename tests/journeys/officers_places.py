"""The pages of an office's officers, its access review, and of taking an office over."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from playwright.sync_api import Page

from portico.domains.access import granting
from portico.edges.web import asking
from tests.journeys.going import Going, Place, at
from tests.support import cast
from tests.support import world as worlds
from tests.support.world import World


def _review(*, is_late: bool = False) -> Going:
    """An open review of Lakeside, perhaps one that has lapsed."""

    def go(page: Page, world: World) -> None:
        now = asking.now()
        opened = {"opened_on": now.date(), "due_on": now.date() + timedelta(days=30)}
        row, _ = apps.get_model("access", "Review").objects.get_or_create(
            office_id=world.offices[cast.LAKESIDE], defaults=opened
        )
        row.lapsed_at = now if is_late else None
        row.save()
        page.goto("/office/review/")

    return go


def _recovery(world: World, **changes: Any) -> Any:
    """Lakeside has lost its administrator."""
    granting.suspend_persona(actor=worlds.system(), persona_id=world["administrator"].persona_id)
    rows = apps.get_model("access", "Recovery").objects
    found = rows.get(office_id=world.offices[cast.LAKESIDE])
    rows.filter(pk=found.pk).update(**changes)
    return found


def _own(who: str = "", *, state: str = "open") -> Going:
    def go(page: Page, world: World) -> None:
        claimant = world[who].user_id if who else None
        _recovery(world, state=state, claimant=claimant, claimed_at=asking.now() if who else None)
        page.goto("/recovery/")

    return go


def _case(*, days: int = 7, state: str = "waiting", address: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        now = asking.now()
        row = _recovery(
            world,
            state=state,
            claimant=world["front_desk"].user_id,
            claimed_at=now,
            proof="in_person" if state == "waiting" else "",
            waits_until=now + timedelta(days=days) if state == "waiting" else None,
        )
        page.goto(address or f"/staff/recoveries/{row.pk}/")

    return go


OFFICERS = (
    Place("officers", at("/office/officers/"), "You are the only administrator"),
    Place("leave", at("/office/officers/leave/"), "You can go when somebody takes over"),
    Place("no_review", at("/office/review/"), "No review is open"),
    Place("review", _review(), "still to be answered"),
    Place("review_lapsed", _review(is_late=True), "Patients' data is closed to your office"),
)
TAKING_OVER = (
    Place("administered", at("/recovery/"), "has an administrator"),
    Place("claim", _own(), "Ask to become administrator"),
    Place("own_claim", _own("front_desk", state="claimed"), "What you asked for"),
    Place("colleagues_claim", _own("colleague", state="claimed"), "Object, and stop it"),
)
OBJECTING = (Place("objection", at("/recovery/objection/?t=x"), "Stop a takeover of your office"),)
RECOVERIES = (
    Place("no_recovery", at("/staff/recoveries/"), "Every office has an administrator"),
    Place("recoveries", _case(address="/staff/recoveries/"), "Waiting time"),
    Place("recovery_claimed", _case(state="claimed"), "Make sure"),
    Place("recovery_waiting", _case(), "Nobody can shorten it"),
    Place("recovery_over", _case(days=-1), "Make them administrator"),
)
