"""Somebody as they would stand before a door after signing in now: for whoever diagnoses what is closed to
them.

Nothing opens by it: it is what decide() is asked about, never what asks. A session looks like this at its
best: the second factor was passed where there is one, and it was just shown who it is.
"""

from dataclasses import dataclass, replace

from django.db.models import Count, Q

from portico.domains.access import actors as access_actors
from portico.domains.access import looking_after, models, sides
from portico.domains.accounts.joining import provisioning
from portico.domains.accounts.joining.provisioning import Account
from portico.domains.accounts.joining.provisioning_rules import Progress, Standing, Step
from portico.domains.permits.actors import AccountState, Actor, Door
from portico.domains.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Picture:
    """One persona of somebody, and the actor it would be."""

    persona_id: int
    office_name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Pictured:
    """An account step by step, and a picture of each persona not taken away, the first made first."""

    account: Account
    personas: tuple[Picture, ...]


def of_user(given: Permit, user_id: int) -> Pictured | None:
    """The user of that number, for the plan's desk; None where the permit finds none."""
    if not looking_after.is_found(given, user_id):
        return None
    account = provisioning.one(given, user_id, identity_asked=False)
    if account is None:
        return None
    open_ones = Count("user__personas", filter=Q(user__personas__suspended_at__isnull=True))
    held = models.Persona.objects.of(user_id).select_related("user", "office")
    found = held.annotate(persona_count=open_ones).order_by("pk")
    return Pictured(account, tuple(_picture(given, persona, account) for persona in found))


def _picture(given: Permit, persona: models.Persona, account: Account) -> Picture:
    asks = given.actor
    session = access_actors.Session(
        persona.user_id,
        persona.pk,
        second_factor=_has_factor(account),
        epoch=persona.user.session_epoch,
        proven_at=asks.asked_at,
        side=sides.EVERY,
    )
    actor = access_actors.of_persona(
        persona, session, asked_at=asks.asked_at, today=asks.today, door=Door.WEB
    )
    if account.row.standing is Standing.LOCKED:
        actor = replace(actor, account=replace(actor.account, state=AccountState.LOCKED))
    return Picture(persona.pk, persona.office.name if persona.office else "", actor)


def _has_factor(account: Account) -> bool:
    """Is one set up here, or asked for where the person signs in?"""
    [factor] = [seen for seen in account.steps if seen.step is Step.FACTOR]
    return factor.progress in (Progress.DONE, Progress.NOT_ASKED)
