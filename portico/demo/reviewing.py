"""Access reviews: one that lapsed at Juniper Flats, and one at Cedar Ridge that is due in a week.

Imported once Django is set up.
"""

from portico.demo import acting
from portico.demo.scene import Scene
from portico.domains.access.reviews import keeping, rules
from portico.domains.plan import policy

_LAPSED_AGO, _DUE_IN = 8, 7


def lapse(scene: Scene) -> None:
    """Open both when their time has come, remind, and close what nobody finished."""
    lasts = policy.current().access.review_days
    _keep(scene, lasts + _LAPSED_AGO)
    _keep(scene, lasts - _DUE_IN)
    for before in rules.NOTICE_DAYS:
        _keep(scene, _LAPSED_AGO + before)
    _keep(scene, _LAPSED_AGO - 1)
    keeping.keep(actor=acting.system(scene.now))


def _keep(scene: Scene, days_ago: int) -> None:
    keeping.keep(actor=acting.system(scene.clock(days_ago, 3)))
