"""Looking after people's accounts: what the plan's desk and an office's administrator do for somebody.

The desk asks under Function.PROVISIONING and reaches everybody; an administrator under Function.MANAGE_USERS
reaches the people who work for the own office now, and finds nobody else. Neither acts on the own account,
nor on that of somebody whose desk it may not give, nor an administrator on that of somebody who works
elsewhere too (rules.may_look_after): one rule for every act. Each act is sensitive: whoever does it has shown
lately that it is they.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, Final

from django.db.models import QuerySet

from portico.domains.access import models, office_mails, rules
from portico.domains.access.officers import standing
from portico.domains.access.officers.standing import Cause
from portico.domains.accounts import closing, finding
from portico.domains.accounts.joining import invitations
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.proofs import CannotVouch
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = ["CannotInvite", "CannotVouch", "OutOfReach", "UnknownPerson", "Why"]


class Why(StrEnum):
    """Why an account is changed: a code, because the audit keeps no free text."""

    CALLED = "called"
    IN_PERSON = "in_person"
    WROTE = "wrote"
    OFFICE_ASKED = "office_asked"
    LEFT = "left"
    MISUSE = "misuse"
    BY_MISTAKE = "by_mistake"
    OPERATOR = "operator"


UNLOCKING: Final = (Why.CALLED, Why.IN_PERSON, Why.WROTE, Why.OFFICE_ASKED)
DISABLING: Final = (Why.LEFT, Why.OFFICE_ASKED, Why.MISUSE, Why.BY_MISTAKE)
HIGHEST: Final = 2**63 - 1
ENABLING: Final = (Why.OFFICE_ASKED, Why.BY_MISTAKE, Why.CALLED, Why.IN_PERSON, Why.WROTE)


class UnknownPerson(LookupError):
    """There is nobody of this number, or nobody the actor may find."""

    code = "not_found"


class OutOfReach(PermissionError):
    """The actor finds this person, and may not change the account.

    It is the own one, one of a desk above, or of somebody who works for another office too.
    """

    code = "out_of_reach"


def unlock(*, actor: Actor, function: Function, user_id: int, why: Why) -> bool:
    """Forget the failed sign-ins that lock somebody out; False when there were none.

    Raises UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, function, user_id, why=why) as given:
        return closing.unlock(given, user_id)


def reactivate(*, actor: Actor, function: Function, user_id: int) -> bool:
    """Open an account again that was suspended for disuse; False for one that is not suspended.

    Raises UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, function, user_id) as given:
        is_open = closing.reactivate(given, user_id)
        _welcome(given, user_id)
        return is_open


def disable(*, actor: Actor, user_id: int, why: Why) -> bool:
    """Let nobody sign in with an account any more; False for one that is disabled already.

    Offices that lose their last administrator by it are settled. The plan's alone. Raises UnknownPerson,
    OutOfReach, NotPermitted.
    """
    with act(actor, Function.PROVISIONING, user_id, why=why) as given:
        is_disabled = closing.disable(given, user_id)
        if is_disabled:
            for office_id in standing.offices_of(user_id):
                standing.settle(given, office_id, cause=Cause.DISABLED)
        return is_disabled


def enable(*, actor: Actor, user_id: int, why: Why) -> bool:
    """Open a disabled account again; False for one that is not disabled.

    The plan's alone. Raises UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, Function.PROVISIONING, user_id, why=why) as given:
        is_open = closing.enable(given, user_id)
        _welcome(given, user_id)
        return is_open


def invite_again(*, actor: Actor, function: Function, user_id: int) -> None:
    """Mail somebody who has not come yet a new invitation; the one before works no more.

    Raises CannotInvite, UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, function, user_id) as given:
        invitations.invite(given, user_id=user_id, office_id=_office_of(given, user_id))
        given.conclude("invitation_reissued")


def invite_elsewhere(*, actor: Actor, user_id: int, email: str) -> None:
    """The same to another mail address, which is the person's from now on: the first one was wrong.

    The plan's alone: whoever reads that mail and knows the username comes in. So the address before and the
    office are told, and nothing counts that was proven before. Raises CannotInvite, UnknownPerson,
    OutOfReach, NotPermitted.
    """
    with act(actor, Function.PROVISIONING, user_id) as given:
        closing.correct_address(given, user_id, email)
        invitations.invite(given, user_id=user_id, office_id=_office_of(given, user_id))
        office_mails.tell(given, user_id, office_mails.MOVED)
        given.conclude("invitation_sent_elsewhere")


def cancel_invitation(*, actor: Actor, function: Function, user_id: int) -> bool:
    """Take somebody's open invitation back; False when none is open.

    Raises UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, function, user_id) as given:
        return closing.cancel_invitation(given, user_id)


def vouch(*, actor: Actor, user_id: int, why: str) -> None:
    """Vouch for who somebody is; `why` says how one made sure, in words for the plan alone.

    The plan's alone. Raises CannotVouch, UnknownPerson, OutOfReach, NotPermitted.
    """
    with act(actor, Function.PROVISIONING, user_id) as given:
        proofs.vouch_for(given, user_id, why)


@contextmanager
def act(actor: Actor, function: Function, user_id: int, *, why: Why | None = None) -> Iterator[Permit]:
    """The permit to do something for somebody. A refusal leaves its row, and changes nothing."""
    with permit(actor, function, lately=True) as given:
        if why is not None:
            given.note_subject("why", why)
        refusal = _refusal(given, user_id)
        if refusal is None:
            yield given
            return
        given.conclude(refusal.code)
    raise refusal


def reached(given: Permit) -> "QuerySet[Any, Any] | None":
    """The numbers of the users the permit finds; None: everybody's."""
    if given.question.function is Function.PROVISIONING:
        return None
    here = models.Persona.objects.filter(office_id=given.actor.office_id or 0, suspended_at__isnull=True)
    return here.values("user_id")


def is_found(given: Permit, user_id: int) -> bool:
    """Does the permit find this user? Nobody has a number that no row can have."""
    among = reached(given)
    if among is None:
        return finding.exists(user_id)
    return user_id <= HIGHEST and among.filter(user_id=user_id).exists()


def may(actor: Actor, user_id: int) -> bool:
    """May the actor look after the account of that user, found or not? One query."""
    return user_id in may_each(actor, (user_id,))


def may_each(actor: Actor, user_ids: Collection[int]) -> frozenset[int]:
    """Those of these users whose accounts the actor may look after. One query, whatever their number."""
    desks: dict[int, set[str]] = defaultdict(set)
    works_for: dict[int, set[int | None]] = defaultdict(set)
    held = models.Persona.objects.filter(user__in=user_ids)
    for user_id, desk, office_id, suspended_at in held.values_list(
        "user_id", "desk", "office_id", "suspended_at"
    ):
        desks[user_id].update(filter(None, [desk]))
        if suspended_at is None:
            works_for[user_id].add(office_id)
    return frozenset(
        user_id
        for user_id in user_ids
        if rules.may_look_after(actor, user_id=user_id, desks=desks[user_id], offices=works_for[user_id])
    )


def desks_of(user_id: int) -> tuple[str, ...]:
    """The plan's desks the user has, those taken away among them."""
    return tuple(
        models.Persona.objects.filter(user_id=user_id).exclude(desk="").values_list("desk", flat=True)
    )


def offices_of(user_id: int) -> tuple[int, ...]:
    """The offices the user has personas of, those taken away among them, the first made first."""
    held = models.Persona.objects.filter(user_id=user_id, office__isnull=False).order_by("pk")
    return tuple(dict.fromkeys(held.values_list("office_id", flat=True)))


def _welcome(given: Permit, user_id: int) -> None:
    """Offices that had nobody else to administer them have somebody again."""
    for office_id in standing.offices_of(user_id):
        standing.welcome(given, office_id)


def _refusal(given: Permit, user_id: int) -> UnknownPerson | OutOfReach | None:
    if not is_found(given, user_id):
        return UnknownPerson("there is nobody of this number")
    given.note_subject("user", str(user_id))
    if not may(given.actor, user_id):
        return OutOfReach(
            "the own account, that of a desk one may not give, and for an administrator that of somebody who "
            "works elsewhere too, is looked after by others"
        )
    return None


def _office_of(given: Permit, user_id: int) -> int | None:
    """The office an invitation is listed under: the administrator's, or the person's first."""
    if given.actor.office_id is not None:
        return given.actor.office_id
    return next(iter(offices_of(user_id)), None)
