"""The hours at which the plan's doctors talk with others: the mornings of the next five working days.

Imported once Django is set up.
"""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Final

from portico.demo import authorizers
from portico.demo.scene import Scene
from portico.domains.authorizations import slots
from portico.domains.plan import days

OFFERED: Final = 5
_MINUTES: Final = 20
_HOURS: Final = (
    (authorizers.DIRECTOR, time(9), time(11)),
    (authorizers.SECOND_DIRECTOR, time(14), time(15)),
)
_SATURDAY: Final = 5


def offer(scene: Scene) -> None:
    """Let each of them offer their hours, as of yesterday."""
    at = scene.ago(1)
    for who, begins, ends in _HOURS:
        actor = scene.act(who, at)
        for on in _working_days(days.of(scene.now)):
            slots.offer(actor=actor, on=on, begins=begins, ends=ends, minutes=_MINUTES, zone=days.zone())


def _working_days(today: date) -> Iterator[date]:
    on, left = today, OFFERED
    while left:
        on += timedelta(days=1)
        if on.weekday() < _SATURDAY:
            left -= 1
            yield on
