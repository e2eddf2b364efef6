"""What the demo's offices let the billing company do, and what one of them took back.

Imported once Django is set up.
"""

from datetime import timedelta
from uuid import UUID

from portico.demo import billing, handing
from portico.demo.billing import Client
from portico.demo.scene import Scene
from portico.domains.access.clients import giving
from portico.domains.access.clients.rules import Terms
from portico.domains.access.delegating import templates
from portico.domains.plan import days

_GIVEN = 58


def everything(scene: Scene) -> None:
    """They give; the company lets people in who work for them; one takes it back."""
    given = [(client, _give(scene, client)) for client in billing.CLIENTS]
    handing.let_in(scene, [billing.BILLER, billing.LEFT_BEHIND])
    for client, number in given:
        if client.ended is not None:
            giving.end(actor=scene.act(client.by, scene.clock(client.ended, 16)), public_id=number)


def _give(scene: Scene, client: Client) -> UUID:
    at = scene.clock(_GIVEN, 10)
    lasts = client.days_left
    terms = Terms(
        frozenset((client.tax_id,)),
        frozenset(templates.of(billing.BILLER.role).functions),
        lines=None,
        first_on=days.of(at),
        last_on=None if lasts is None else days.of(scene.now + timedelta(days=lasts)),
    )
    [tax_id] = billing.QUILLMARK.tax_ids
    [number] = giving.give(actor=scene.act(client.by, at), company=tax_id, terms=terms)
    return number
