"""Closing an account and opening it again, in a permit of somebody who looks after it (access.looking_after).

An account is never deleted: a disabled one keeps all it had, and nobody signs in with it. A suspended one was
not used for long (`inactivity`); whoever signs in is told who opens it again.
"""

from contextlib import suppress
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import F

from portico.domains.accounts import models
from portico.domains.accounts.joining import invitations
from portico.domains.accounts.proving import proof_withdrawing
from portico.domains.accounts.signing_in import known_devices, misses, sessions
from portico.domains.notifications import outbox
from portico.domains.permits.permit import Permit

State = models.User.State
MAIL: Final = "people_changed"


def disable(given: Permit, user_id: int) -> bool:
    """Let nobody sign in as the user; sessions end, an open invitation dies. False when it was so before."""
    found = models.User.objects.filter(pk=user_id).exclude(state=State.DISABLED)
    count = found.update(state=State.DISABLED, session_epoch=F("session_epoch") + 1)
    if count:
        sessions.end_all(given, user_id)
        _end_invitation(given, user_id)
    return _ended(given, user_id, "disabled", "disabled_before", is_done=bool(count))


def enable(given: Permit, user_id: int) -> bool:
    """Let a disabled user sign in again; disuse is counted from now on. False for one who is not disabled."""
    count = _opened(given, user_id, State.DISABLED)
    return _ended(given, user_id, "enabled", "not_disabled", is_done=count)


def reactivate(given: Permit, user_id: int) -> bool:
    """Open a suspended account again; disuse is counted from now on. False for one that is not suspended."""
    count = _opened(given, user_id, State.SUSPENDED)
    return _ended(given, user_id, "reactivated", "not_suspended", is_done=count)


def unlock(given: Permit, user_id: int) -> bool:
    """Forget the failed sign-ins that lock the user's name, for strangers and in every browser of the user.

    False when there were none.
    """
    username = models.User.objects.values_list("username", flat=True).get(pk=user_id)
    count = sum(misses.forget(username, device=each) for each in ("", *known_devices.ids_of(user_id)))
    return _ended(given, user_id, "unlocked", "nothing_to_unlock", is_done=bool(count))


def correct_address(given: Permit, user_id: int, email: str) -> None:
    """Give somebody who has not come yet another mail address; an activated account changes its own.

    Whoever reads the mail there may be somebody else: nothing that was proven counts any more. The address
    before is told.
    """
    given.note_subject("user", str(user_id))
    user = invitations.held(user_id)
    if user.activated_at is not None:
        return
    models.User.objects.filter(pk=user_id).update(email=email)
    proof_withdrawing.everything(given, user_id)
    context = {"kind": "moved_away", "reference": given.reference}
    with suppress(ValidationError):
        outbox.enqueue(to=user.email, template=MAIL, context=context)


def cancel_invitation(given: Permit, user_id: int) -> bool:
    """Take back the invitation that is open, with what was begun by it; False when none is."""
    count = _end_invitation(given, user_id)
    return _ended(given, user_id, "invitation_cancelled", "no_invitation_open", is_done=count)


def _opened(given: Permit, user_id: int, closed: str) -> bool:
    found = models.User.objects.filter(pk=user_id, state=closed)
    now = given.actor.asked_at
    count = found.update(state=State.ACTIVE, suspended_at=None, warned_at=None, reactivated_at=now)
    return bool(count)


def _end_invitation(given: Permit, user_id: int) -> bool:
    """Of an activated account nothing is touched: its password is its owner's."""
    if not models.User.objects.filter(pk=user_id, activated_at=None).exists():
        return False
    return invitations.end(given, user_id, models.Invitation.Ending.CANCELLED)


def _ended(given: Permit, user_id: int, done: str, not_done: str, *, is_done: bool) -> bool:
    given.note_subject("user", str(user_id))
    given.conclude(done if is_done else not_done)
    return is_done
