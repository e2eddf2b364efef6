"""Connects the demo's systems through the plan's own use case; answers what `var/demo.json` says of them.

Imported once Django is set up.
"""

from datetime import date
from typing import Any

from joserfc.jwk import ECKey

from portico.demo import granted, systems
from portico.demo.systems import System
from portico.domains.access import machines
from portico.domains.permits.actors import Actor


def everything(*, actor: Actor, today: date, receiver_id: str) -> dict[str, Any]:
    """Connect every system; the two that work by name, the others under `refused_partners`."""
    told = {system.key: _connected(system, actor, today, receiver_id) for system in systems.SYSTEMS}
    working = {system.key: told.pop(system.key) for system in (systems.TRADING_PARTNER, systems.FHIR_CLIENT)}
    return {**working, "refused_partners": told}


def _connected(system: System, actor: Actor, today: date, receiver_id: str) -> dict[str, Any]:
    if system.sender_id:
        return _partner(system, actor, today, receiver_id)
    return _client(system, actor, today)


def _partner(system: System, actor: Actor, today: date, receiver_id: str) -> dict[str, Any]:
    made = machines.create(actor=actor, new=_new(system, machines.TRADING_PARTNER, today))
    if system.is_revoked:
        machines.revoke(actor=actor, public_id=made.machine.row.public_id)
    return {
        "sender_id": system.sender_id,
        "receiver_id": receiver_id,
        "username": made.machine.row.sign_in_name,
        "password": made.secret,
        "npi": system.npi,
        "tax_id": system.practice.tax_id,
        "says": system.says,
    }


def _client(system: System, actor: Actor, today: date) -> dict[str, Any]:
    key = ECKey.generate_key("P-384", {"kid": "demo", "alg": "ES384", "use": "sig"})
    new = _new(
        system,
        machines.FHIR_CLIENT,
        today,
        key_set={"keys": [key.as_dict(private=False)]},
        scopes=systems.SCOPES,
    )
    made = machines.create(actor=actor, new=new)
    return {
        "client_id": made.machine.row.sign_in_name,
        "private_jwk": key.as_dict(private=True),
        "scopes": list(systems.SCOPES),
        "tax_id": system.practice.tax_id,
        "says": system.says,
    }


def _new(system: System, kind: str, today: date, **more: Any) -> machines.NewMachine:
    return machines.NewMachine(
        office=system.office.key,
        kind=kind,
        name=system.name,
        tax_id=system.practice.tax_id,
        contact_email=system.contact_email,
        sender_id=system.sender_id,
        grants=granted.each(system.grant, today),
        **more,
    )
