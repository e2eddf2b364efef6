"""Lets two years of requests happen and claims use some of them, and hands a draft over that waits today.

Imported once Django is set up; the plan's list of what needs asking is published.
"""

from typing import Any

from portico.demo.authorizations import handed, lived, rules, talking, told, used, wanted
from portico.demo.build import Built
from portico.demo.scene import Scene
from portico.domains.plan import days


def everything(scene: Scene, built: Built) -> list[dict[str, Any]]:
    """Hours to talk, rules, every request, the oldest first; answers what `var/demo.json` says of them."""
    today = days.of(scene.now)
    talking.offer(scene)
    rules.everything(scene)
    those = [lived.live(scene, each) for each in wanted.everything(today)]
    used.everything(built, {each.wanted.key: each.number for each in those}, today=today)
    handed.over(scene)
    return told.records(scene, those)
