"""Links to object to a takeover: one that is nobody's, and one whose claim is over."""

import secrets

from django.apps import apps

from portico.domains.access.officers import objecting
from tests.security.ways import Sides, Way, sends
from tests.support import cast
from tests.support.actors import NOW
from tests.support.world import World


def _links(world: World) -> Sides:
    over = secrets.token_urlsafe(32)
    recovery = apps.get_model("access", "Recovery").objects.create(
        office_id=world.offices[cast.LAKESIDE], state="closed", cause="left", opened_at=NOW, ended_at=NOW
    )
    apps.get_model("access", "Objection").objects.create(
        recovery=recovery,
        claimant=world["front_desk"].user_id,
        told=objecting.OFFICER,
        secret_index=objecting.index(over),
        told_at=NOW,
    )
    nobodys = secrets.token_urlsafe(32)
    return {
        side: sends("recovery_objection", secret, t=secret)
        for side, secret in (("nobody's", nobodys), ("one that is over", over))
    }


WAYS = {"a link that stops nothing": Way("recovery_objection", _links, is_costed=False)}
