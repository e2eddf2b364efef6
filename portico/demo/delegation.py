"""Delegated administration as the demo shows it: offices that hand out access, ask, review, and go astray.

Imported once Django is set up.
"""

from typing import Any

from portico.demo import (
    delegates,
    desk_cases,
    first_steps,
    group,
    handing,
    kept_entries,
    lending,
    looking,
    missing,
    officers,
    reviewing,
)
from portico.demo.scene import Scene

_SIGNED_IN_LAST = (1, 2, 3, 5, 6)


def before_new_terms(scene: Scene) -> None:
    """Who was there early: administrators, and the first people they let in."""
    scene.come((*delegates.PEOPLE, *delegates.GONE))
    handing.let_in(scene, (group.NARROWER, *group.EARLY))


def since(scene: Scene, *, days_ago: int) -> None:
    """Everything after the terms of that day; who works there agrees to them."""
    scene.agree(at=scene.ago(days_ago - 1))
    handing.let_in(scene, group.LATER)
    lending.everything(scene)
    officers.one_is_left(scene)
    _come_back(scene)
    handing.propose(scene, group.PROPOSED)
    reviewing.lapse(scene)


def lately(scene: Scene) -> list[dict[str, Any]]:
    """The last days, once members are there; answers the entries of `var/demo.json`."""
    looking.everything(scene)
    missing.everything(scene)
    desk_cases.everything(scene)
    kept_entries.everything(scene)
    return handing.records(scene)


def _come_back(scene: Scene) -> None:
    """Everybody who has not left signed in some days ago."""
    gone = {user.key for user in delegates.GONE}
    for place, (key, who) in enumerate(scene.who.items()):
        if key not in gone:
            days = _SIGNED_IN_LAST[place % len(_SIGNED_IN_LAST)]
            first_steps.come_back(who, at=scene.clock(days, 8, place))
