"""Tables of registration, by what they are about."""

from portico.domains.registration.models.applications import (
    Application,
    Check,
    ClaimedTaxId,
    Document,
    Event,
    JoinRequest,
    LicenceOwner,
    Link,
)
from portico.domains.registration.models.catalogue import Catalogue
from portico.domains.registration.models.drafts import Draft
from portico.domains.registration.models.lists import Exclusion, Licence
from portico.domains.registration.models.network import NetworkEvent, NetworkRequest

__all__ = [
    "Application",
    "Catalogue",
    "Check",
    "ClaimedTaxId",
    "Document",
    "Draft",
    "Event",
    "Exclusion",
    "JoinRequest",
    "Licence",
    "LicenceOwner",
    "Link",
    "NetworkEvent",
    "NetworkRequest",
]
