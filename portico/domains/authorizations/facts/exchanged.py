"""What is told of requests to whoever asks by message: how they stand, without their history and papers."""

from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.authorizations.facts.shown import AskedFacts, Listed, PartyFacts, ServiceFacts


@dataclass(frozen=True, slots=True)
class AsItStands:
    """A request with its offices and services; `asked` is what the plan still waits for."""

    listed: Listed
    parties: tuple[PartyFacts, ...]
    services: tuple[ServiceFacts, ...]
    diagnoses: tuple[str, ...]
    place: str
    admitted_at: datetime | None
    discharged_on: date | None
    asked: tuple[AskedFacts, ...]


@dataclass(frozen=True, slots=True)
class Standings:
    """The requests meant, the latest received first; `is_cut`: there are more. `reference` is the audit's."""

    found: tuple[AsItStands, ...]
    is_cut: bool
    reference: str
