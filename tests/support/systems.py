"""Connected systems for tests: trading partners and FHIR clients, made by the plan's desk's own use case."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from joserfc.jwk import ECKey

from portico.domains.access import granting, machines
from portico.domains.exchange import log
from portico.domains.permits.functions import Function
from tests.support import cast
from tests.support import world as worlds
from tests.support.actors import NOW

Made = TypeVar("Made")
PRIVATE_KEY = ECKey.generate_key("P-384", {"kid": "the-first", "alg": "ES384", "use": "sig"})
KEY_SET: dict[str, Any] = {"keys": [PRIVATE_KEY.as_dict(private=False)]}
SENDER = "LAKESIDE01"
SCOPES = ("system/Patient.rs", "system/Coverage.rs")


def partner_of(world: worlds.World) -> machines.Created:
    """The world's trading partner, made when first asked for."""
    return _once(world, "partner", a_partner)


def client_of(world: worlds.World) -> machines.Created:
    """The world's FHIR client, made when first asked for."""
    return _once(world, "client", a_client)


def exchange_of(world: worlds.World) -> int:
    """An exchange in the world's log, made when first asked for."""
    return _once(world, "exchange", an_exchange)


def a_grant(function: Function = Function.ELIGIBILITY, *tax_ids: str, **changes: Any) -> granting.NewGrant:
    """A grant on the own tax ID, in one line, since a year ago."""
    said = {"tax_ids": tax_ids or (cast.OWN,), "first_on": worlds.LAST_YEAR, "lines": (cast.HMO,)}
    return granting.NewGrant(function, **{**said, **changes})


def a_partner(**changes: Any) -> machines.Created:
    """A trading partner of Lakeside with eligibility and benefits."""
    return _made(machines.TRADING_PARTNER, {"sender_id": SENDER, "name": "Practice software"} | changes)


def a_client(**changes: Any) -> machines.Created:
    """A FHIR client of Lakeside with eligibility and benefits."""
    own = {"key_set": KEY_SET, "scopes": SCOPES, "name": "Care dashboard"}
    return _made(machines.FHIR_CLIENT, own | changes)


def an_exchange(**changes: Any) -> int:
    """An exchange in the log: a 270 answered in real time. Its number."""
    known: dict[str, Any] = {
        "operation": log.Operation.REAL_TIME,
        "envelope": "soap",
        "received_at": NOW,
        "answered_at": NOW,
        "milliseconds": 140,
        "result": log.Result.ANSWERED,
        "sender_id": SENDER,
        "receiver_id": "99999",
        "payload_type": "X12_270_Request_005010X279A1",
        "payload_id": "e51d4fae-7dec-11d0-a765-00a0c91e6da6",
        "interchange": "000000907",
        "request_count": 1,
        "sets": (
            log.SetNote(
                code="270", group="31", number="0001", our_group="1", our_number="0001", request_count=1
            ),
        ),
    }
    return log.note(log.Entry(**{**known, **changes}), write=lambda number: number.encode()).number


def public_id(made: machines.Created) -> UUID:
    """What stands in its address."""
    return made.machine.row.public_id


def _once(world: worlds.World, name: str, make: Callable[[], Made]) -> Made:
    if name not in world.asked_for:
        world.asked_for[name] = make()
    made: Made = world.asked_for[name]
    return made


def _made(kind: str, said: dict[str, Any]) -> machines.Created:
    grants = (a_grant(), a_grant(Function.BENEFITS))
    common = {"office": cast.LAKESIDE, "tax_id": cast.OWN, "contact_email": "it@lakeside.example.org"}
    new = machines.NewMachine(kind=kind, **{**common, "grants": grants, **said})
    return machines.create(actor=worlds.system(), new=new)
