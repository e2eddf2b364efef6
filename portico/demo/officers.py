"""An office with one administrator left, and one without any: somebody asks to take it over.

Imported once Django is set up.
"""

from portico.demo import handing
from portico.demo.acting import CannotFurnish
from portico.demo.scene import Scene
from portico.domains.access import looking_after
from portico.domains.access.looking_after import Why
from portico.domains.access.officers import leaving, recovering, recovery_review
from portico.domains.access.officers.leaving import What
from portico.domains.access.officers.rules import Proof

_LEFT, _LOST, _CLAIMED, _PROVEN = 11, 9, 4, 3


def one_is_left(scene: Scene) -> None:
    """The second administrator of Harbor Point leaves; the one who stays is told."""
    leaving.leave(actor=scene.act("left_administrator", scene.clock(_LEFT, 17)), what=What.OFFICE)


def nobody_is_left(scene: Scene) -> None:
    """Sandstone's only administrator is gone; somebody asks, the plan made sure, and others may object."""
    looking_after.disable(
        actor=scene.act(handing.SUPPORT, scene.clock(_LOST, 10)),
        user_id=scene.who["lost_administrator"].user_id,
        why=Why.OFFICE_ASKED,
    )
    recovering.claim(
        actor=scene.act("office_claimant", scene.clock(_CLAIMED, 9)),
        text="I have run the front desk since spring. Please call the number on our letterhead.",
    )
    desk = scene.act(handing.OPERATIONS, scene.clock(_PROVEN, 14))
    [claimed] = [row for row in recovery_review.queue(actor=desk).rows if row.state == "claimed"]
    waits_until = recovery_review.confirm(actor=desk, number=claimed.number, proof=Proof.CALLED_ON_FILE)
    if waits_until <= scene.now:
        raise CannotFurnish("the takeover of the demo waits no more")
