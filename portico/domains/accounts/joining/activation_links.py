"""Opening an activation link, with the username that was handed over; and sending it back.

The page that a mailed link leads to asks nothing of this module: programs that read mail follow links too.
Only what is sent from that page comes here. Unknown, late, replaced and taken links are answered alike.
"""

from django.db.models import QuerySet

from portico.domains.accounts import models, rules
from portico.domains.accounts.credentials import temporary_passwords as first_use
from portico.domains.accounts.joining import invitation_rules, invitations
from portico.domains.accounts.models import Invitation
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

NOT_MINE = "invitation_not_mine"


def take(*, actor: Actor, token: str, username: str, mark: str = "") -> Attempt:
    """Try a link's secret with a username; `mark` is what the browser was known by when it took the link.

    Signed in, the attempt carries the mark to be kept; refused otherwise. Five wrong usernames end the link.
    """
    mark = mark or invitation_rules.new_mark()
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", misses.index(misses.Step.PASSWORD, username).hex())
        invitation = _open(token)
        is_named = invitation is not None and _is_name_of(username, invitation.user)
        right, wrong = (invitation, None) if is_named else (None, invitation)
        if first_use.claim(_only(right), mark=mark, at=actor.asked_at) and right is not None:
            return _taken(given, right, mark)
        user_id = wrong.user_id if wrong else first_use.NOBODY
        most = invitation_rules.MOST_WRONG_NAMES
        first_use.count_miss(_only(wrong), user_id, at=actor.asked_at, most=most)
        given.conclude("link_refused")
        return Attempt(Outcome.REFUSED)


def disown(*, actor: Actor, token: str) -> None:
    """End the invitation of this link: its mail came to somebody it is not meant for. The inviter is told.

    A link that is unknown or has ended changes nothing, and nobody is told which it was.
    """
    with permit(actor, Function.SIGN_IN) as given:
        invitation = _open(token)
        given.conclude("link_unknown" if invitation is None else "link_disowned")
        if invitation is not None:
            given.note_subject("user", str(invitation.user_id))
            invitations.end(given, invitation.user_id, Invitation.Ending.NOT_MINE)
            _tell(given, invitation)


def _open(token: str) -> Invitation | None:
    index = invitations.index_of(token, purpose=invitations.LINK)
    found = Invitation.objects.filter(secret_index=index, kind=Invitation.Kind.LINK, ended_at__isnull=True)
    return found.select_related("user").first()


def _is_name_of(typed: str, user: models.User) -> bool:
    """Is it the name of this user, who may still begin by a link?"""
    is_beginning = user.is_active and user.password_set_at is None
    return is_beginning and rules.username_key(typed) == rules.username_key(user.username)


def _only(invitation: Invitation | None) -> QuerySet[Invitation]:
    """The rows of this one while it is open; none, at the same cost, for None."""
    return Invitation.objects.filter(pk=invitation.pk if invitation else 0, ended_at__isnull=True)


def _taken(given: Permit, invitation: Invitation, mark: str) -> Attempt:
    user = invitation.user
    given.note_subject("invitation", str(invitation.pk))
    given.note_subject("user", str(user.pk))
    given.conclude("link_taken")
    models.User.objects.filter(pk=user.pk).update(last_login=given.actor.asked_at)
    return Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch, mark=mark)


def _tell(given: Permit, invitation: Invitation) -> None:
    context, at = {"user": invitation.user_id}, given.actor.asked_at
    if invitation.invited_by is not None:
        notices.tell_user(user_id=invitation.invited_by, kind=NOT_MINE, context=context, now=at)
    elif invitation.office_id is not None:
        notices.tell_office(office_id=invitation.office_id, kind=NOT_MINE, context=context, now=at)
