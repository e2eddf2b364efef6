"""The printed confirmation: what became of a registration, and how its owner comes back to it."""

from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue, days
from portico.domains.registration import transaction_ids
from portico.domains.registration.applications import Submitted
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.registration_confirmation import RegistrationConfirmation
from portico.edges.web.register.reason_words import REASONS, Said

MATCHED: Final = Said(
    "Everything agrees with what the plan has on file",
    "Choose your username and password at once. If you were interrupted, the address below takes you on.",
)
"""What the paper says where nothing is left for the plan to do."""


def confirmation(submitted: Submitted, actor: Actor, address: str) -> RegistrationConfirmation:
    """The document of a submission, as it is asked for now; `address`: where its status is looked up."""
    plan, zone = catalogue.identity(), days.zone()
    said = REASONS[submitted.reason] if submitted.reason else MATCHED
    return RegistrationConfirmation(
        brand=Brand(plan.name, plan.telephone),
        transaction_id=transaction_ids.shown(submitted.transaction_id),
        printed_at=actor.asked_at.astimezone(zone),
        zone_name=f"{actor.asked_at.astimezone(zone):%Z}",
        headline=said.headline,
        says=tuple(each for each in (said.says, said.todo) if each),
        due_at=submitted.due_at.astimezone(zone) if submitted.due_at else None,
        address=address,
    )
