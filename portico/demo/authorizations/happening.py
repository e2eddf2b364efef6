"""Lets two years of requests happen, and hands a draft over that waits today.

Imported once Django is set up; the plan's list of what needs asking is published.
"""

from typing import Any

from portico.demo.authorizations import handed, lived, talking, told, wanted
from portico.demo.scene import Scene
from portico.domains.plan import days


def everything(scene: Scene) -> list[dict[str, Any]]:
    """Hours to talk, then every request, the oldest first; answers what `var/demo.json` says of them."""
    talking.offer(scene)
    those = [lived.live(scene, each) for each in wanted.everything(days.of(scene.now))]
    handed.over(scene)
    return told.records(scene, those)
