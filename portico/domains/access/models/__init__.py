"""Tables of access: who acts as what and holds what, and how that is asked for, reviewed and handed on."""

from portico.domains.access.models.asking import AccessRequest
from portico.domains.access.models.changes import AccessChange
from portico.domains.access.models.clients import ClientGrant
from portico.domains.access.models.holding import Grant, GrantLimit, Persona, Personas
from portico.domains.access.models.officers import Objection, Officers, Recovery
from portico.domains.access.models.reviews import Review, Verdict
from portico.domains.access.models.systems import AccessToken, Assertion, Machine, MachineSecret

__all__ = [
    "AccessChange",
    "AccessRequest",
    "AccessToken",
    "Assertion",
    "ClientGrant",
    "Grant",
    "GrantLimit",
    "Machine",
    "MachineSecret",
    "Objection",
    "Officers",
    "Persona",
    "Personas",
    "Recovery",
    "Review",
    "Verdict",
]
