"""How accounts stand, in one word each: for a list, and for the page of one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portico.domains.accounts import models, rules
from portico.domains.accounts.joining.provisioning_rules import Facts, Invited, Lock, Standing, standing
from portico.domains.accounts.rules import Tally
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import AccountState


@dataclass(frozen=True, slots=True)
class Row:
    """One account in a list; `until` is when its standing ends by itself."""

    user_id: int
    username: str
    name: str
    standing: Standing
    until: datetime | None
    last_login: datetime | None


def rows(users: Sequence[models.User], at: datetime) -> tuple[Row, ...]:
    """Each of them as a list shows it, in the order given. Two queries."""
    return tuple(row(user, facts, at) for user, facts in zip(users, outlines(users, at), strict=True))


def row(user: models.User, facts: Facts, at: datetime) -> Row:
    """One of them, of whom these facts are known."""
    said, until = standing(facts, at)
    name = f"{user.first_name} {user.last_name}".strip()
    return Row(user.pk, user.username, name, said, until, user.last_login)


def outlines(users: Sequence[models.User], at: datetime) -> tuple[Facts, ...]:
    """What a list needs to know of each, in the order given. Two queries."""
    invitations, locks = _invitations(users), _locks(users, at)
    return tuple(_outline(user, invitations.get(user.pk), locks.get(user.pk)) for user in users)


def _outline(user: models.User, invitation: Invited | None, lock: Lock | None) -> Facts:
    return Facts(
        state=AccountState(user.state),
        made_at=user.created_at,
        activated_at=user.activated_at,
        invitation=invitation,
        lock=lock,
    )


def _invitations(users: Iterable[models.User]) -> Mapping[int, Invited]:
    """The latest invitation of each, by user; of those whose first sign-in is done it is only told."""
    found = models.Invitation.objects.filter(user__in=[user.pk for user in users]).order_by("pk")
    return {
        each.user_id: Invited(each.made_at, each.expires_at, each.taken_at, each.ending) for each in found
    }


def _locks(users: Iterable[models.User], at: datetime) -> Mapping[int, Lock]:
    """Who is locked by misses, at the sign-in or beside it; a known device counts its own."""
    whose = {misses.index(step, user.username): user.pk for user in users for step in Step}
    locked: dict[int, Lock] = {}
    for held in models.Misses.objects.filter(name_index__in=list(whose)):
        tally = Tally(held.count, held.last_at, held.locked_until)
        if rules.is_locked(tally, at):
            user_id = whose[bytes(held.name_index)]
            locked[user_id] = _longer(locked.get(user_id), Lock(tally.locked_until))
    return locked


def _longer(one: Lock | None, other: Lock) -> Lock:
    """Of two locks the one that ends later; one that does not end by itself outlasts all."""
    if one is None or one.until is None:
        return one or other
    return one if other.until is not None and other.until < one.until else other
