"""What somebody may do with a request now: by the role of their office, its state, and their own grants."""

from typing import Final

from portico.domains.authorizations import change_rules, models, reach
from portico.domains.authorizations.at_hand import FUNCTIONS
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind, Role
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

WITHIN_THE_OFFICE: Final = frozenset({Act.NOTE, Act.ASSIGN})
"""Acts that change nothing of a request: who may read it may do them."""


def acts(given: Permit, row: models.Authorization) -> frozenset[str]:
    """The codes of what whoever `given` was opened for may do with the request now."""
    parties = list(row.parties.all())
    within = _acts(row, reach.roles(given, parties)) & WITHIN_THE_OFFICE
    return frozenset(map(str, within | (_acts(row, _changing(given, row, parties)) - WITHIN_THE_OFFICE)))


def _changing(given: Permit, row: models.Authorization, parties: list[models.Party]) -> frozenset[Role]:
    """The roles in which the same actor may change it, by the function of its kind."""
    scope = decide(given.actor, Question(FUNCTIONS[Kind(row.kind)])).scope
    return frozenset(Role(party.role) for party in reach.own_parties(scope, parties))


def _acts(row: models.Authorization, roles: frozenset[Role]) -> frozenset[Act]:
    return change_rules.acts(
        row.kind,
        row.state,
        frozenset(map(str, roles)),
        was_decided=row.decided_at is not None,
        discharged=row.discharged_on is not None,
    )
