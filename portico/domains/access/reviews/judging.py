"""Saying what stays and what goes, persona by persona, and finishing a review.

Nobody judges what they hold themselves: finishing notes that as kept, and another administrator sees it at
the next review, or judges it in this one. What somebody could not give they do not take away (delegating).
"""

from collections.abc import Mapping
from typing import Final

from portico.domains.access import models
from portico.domains.access.delegating import acting, grants, reaching, suspending, writing
from portico.domains.access.delegating.acting import Whose
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.officers import telling
from portico.domains.access.officers.standing import Cause, LastAdministrator
from portico.domains.access.reviews import reading
from portico.domains.access.reviews.rules import Said
from portico.domains.offices import reviewing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = [
    "BeyondCeiling",
    "LastAdministrator",
    "NoReview",
    "OutOfReach",
    "Said",
    "Unfinished",
    "UnknownPerson",
    "finish",
    "say",
]

FINISHED: Final = "review_finished"


class NoReview(LookupError):
    """No review is open."""

    code = "no_review_open"


class Unfinished(ValueError):
    """Some personas have no verdict yet; `count` of them."""

    code = "review_unfinished"

    def __init__(self, count: int) -> None:
        super().__init__(self.code)
        self.count = count


def say(*, actor: Actor, verdicts: Mapping[int, Said]) -> int:
    """Say this of these personas of the actor's office, all or nothing; answers how many that were.

    Of one that is said already the verdict is the new one. Raises NoReview, UnknownPerson, OutOfReach for the
    own one, BeyondCeiling, LastAdministrator, NotPermitted.
    """
    with acting.act(actor, function=Function.MANAGE_USERS) as given:
        review = _hold(given)
        if review is not None:
            for persona_id, said in sorted(verdicts.items()):
                _say(given, review, persona_id, said)
            given.conclude("review_said")
            return len(verdicts)
        given.conclude(NoReview.code)
    raise NoReview


def finish(*, actor: Actor) -> None:
    """Finish the review: patients' data is open again where it had lapsed.

    Raises NoReview, Unfinished while a persona of somebody else has no verdict, NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS, lately=True) as given:
        review = _hold(given)
        left = 0 if review is None else reading.waiting(review, but_for=actor.user_id)
        if review is not None and not left:
            return _finish(given, review)
        given.conclude(Unfinished.code if review else NoReview.code)
    raise Unfinished(left) if left else NoReview


def _hold(given: Permit) -> models.Review | None:
    """The office's open review, held until the transaction ends."""
    waiting = models.Review.objects.select_for_update()
    return waiting.filter(office_id=given.actor.office_id or 0, finished_at=None).first()


def _say(given: Permit, review: models.Review, persona_id: int, said: Said) -> None:
    whose = acting.whose(given, persona_id)
    if not reading.reviewed(review).filter(pk=persona_id).exists():
        raise UnknownPerson("the review is not about this one")
    reaching.check_user(given, whose.persona.user_id)
    if said is Said.REMOVED:
        suspending.suspend_within(given, persona_id, kind="removed", cause=Cause.REVIEWED)
    if said is Said.CHANGED:
        _drop(given, whose)
    _note(given, review, persona_id, said)


def _note(given: Permit, review: models.Review, persona_id: int, said: Said) -> None:
    by = {"said": said, "at": given.actor.asked_at, "by": given.actor.user_id}
    models.Verdict.objects.update_or_create(review=review, persona_id=persona_id, defaults=by)


def _drop(given: Permit, whose: Whose) -> None:
    """End what was flagged, as the review shows it now."""
    droppable = {
        use.grant_id for use in reading.used(given, [whose.persona])[whose.persona.pk] if use.is_droppable
    }
    held = grants.held(whose.persona, on=given.actor.today)
    ended = tuple(each for each in held.running if each.grant_id in droppable)
    writing.end(given, whose, held, ended, kind="reviewed")


def _finish(given: Permit, review: models.Review) -> None:
    actor = given.actor
    judged = review.verdicts.values("persona")
    own = reading.reviewed(review).filter(user=actor.user_id or 0).exclude(pk__in=judged)
    for persona_id in own.values_list("pk", flat=True):
        _note(given, review, persona_id, Said.KEPT)
    review.finished_at, review.finished_by = actor.asked_at, actor.user_id
    review.save(update_fields=["finished_at", "finished_by"])
    reviewing.open_patients(given, [review.office_id])
    if review.lapsed_at is not None:
        telling.tell_office(given, review.office_id, FINISHED)
    given.note_subject("review", str(review.pk))
    given.conclude("review_finished")
