"""What the people of Cedar Ridge look up: every day's work, and what the mirror finds worth a question.

Imported once Django is set up.
"""

from contextlib import suppress
from datetime import datetime
from itertools import cycle, islice

from portico.demo import cases, group
from portico.demo.acting import CannotFurnish
from portico.demo.scene import Scene
from portico.domains.members import search
from portico.domains.members.asked import ByMemberId, Inquiry
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import days

_AT_WORK = ("asks_now", "asks_reminded", "asks_plan", "asked_approved", "asked_denied", "changed_often")
_DAYS = (19, 16, 13, 8, 6)
_NOBODY = "NLH889999{:04d}"


def everything(scene: Scene) -> None:
    """Some work on some days; then at night, many who look at one, numbers of nobody, and a closed line."""
    members = _members(scene)
    drawn = cycle(members)
    for place, day in enumerate(_DAYS):
        for key in _AT_WORK[place % 2 :: 2]:
            for at in scene.minutes(scene.clock(day, 10 + place), 2):
                _ask(scene, key, next(drawn), at)
    for at, member in zip(scene.minutes(scene.clock(3, 23, 5), 4), members, strict=False):
        _ask(scene, "asks_reminded", member, at)
    for key, at in zip(_AT_WORK, scene.minutes(scene.clock(1, 9, 40), 6), strict=True):
        _ask(scene, key, members[0], at)
    for place, at in enumerate(scene.minutes(scene.clock(4, 13), 11)):
        _ask(scene, "asks_plan", _NOBODY.format(place * 37), at)
    for at in scene.minutes(scene.clock(5, 15), 10):
        refused(scene, "ends_soon", "medi-cal", at=at)


def looked_up(scene: Scene, key: str, *, at: datetime, line: str) -> None:
    """Somebody looks up a member who is covered in that line."""
    found = next(case.member_id for case in cases.cases(days.of(scene.now)) if case.line == line)
    _ask(scene, key, found, at, line=line)


def refused(scene: Scene, key: str, line: str, *, at: datetime) -> None:
    """Somebody looks in a line that is closed to them. Raises CannotFurnish where it is open."""
    with suppress(NotPermitted):
        _ask(scene, key, _members(scene)[0], at, line=line)
        raise CannotFurnish(f"{line} is open to {key}")


def _members(scene: Scene) -> list[str]:
    found = [case.member_id for case in cases.cases(days.of(scene.now)) if case.line in group.EMPLOYER]
    return list(islice(found, 8))


def _ask(scene: Scene, key: str, member: str, at: datetime, *, line: str | None = None) -> None:
    inquiry = Inquiry(group.MAIN, days.of(at), ByMemberId(member), line)
    search.find(actor=scene.act(key, at), inquiry=inquiry)
