"""The prover "openid_connect": the word of a provider of identity that the plan trusts to verify people.

What was said there is brought back by the edge that speaks to the provider, and taken by
`proofs.passed_elsewhere`; nothing is typed here.
"""

from portico.domains.accounts import models
from portico.domains.accounts.elsewhere import providers
from portico.domains.accounts.proving.proof_rules import Way
from portico.domains.accounts.proving.provers import Choice, Hands, Verdict
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit


class Elsewhere:
    """Proves it by signing in with a provider that verifies identities."""

    hands = Hands.WORD

    def choices(self, actor: Actor) -> tuple[Choice, ...] | None:
        """The open providers that verify this person; None where there is none."""
        found = [each for each in providers.proving() if is_for(each, actor)]
        return tuple(Choice(each.slug, Way.PROVIDER, each.name) for each in found) or None

    def begin(self, given: Permit, proof: models.Proof, choice: str) -> Verdict:
        """Remember with whom; the edge leads there."""
        chosen = next((each for each in self.choices(given.actor) or () if each.key == choice), None)
        if chosen is None:
            return Verdict.NOT_OFFERED
        proof.told |= {"way": chosen.way, "shown": chosen.shown, "provider": chosen.key}
        return Verdict.BEGUN

    def submit(self, given: Permit, proof: models.Proof, answer: str) -> Verdict:
        """Nothing somebody types proves it."""
        del given, proof, answer
        return Verdict.MISSED


def is_for(provider: providers.Provider, actor: Actor) -> bool:
    """May the actor prove itself there? One that people sign in with verifies those it signs in alone."""
    return provider.office_id == actor.office_id or (
        provider.office_id is None and not provider.details.for_sign_in
    )
