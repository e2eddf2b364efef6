"""The clock of access reviews: opened when their time comes, told of, lapsed when nobody finished them.

    opened -> told 14, 7 and 1 days before the end -> finished (judging)
                                                  `-> lapsed: patients' data is closed until it is finished

An office that has no administrator is asked nothing and loses nothing: it is recovered first. What nobody was
told of does not lapse.
"""

from datetime import date, timedelta
from typing import Final

from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.officers import presence, telling
from portico.domains.access.reviews import respite, rules
from portico.domains.offices import reviewing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days, policy

CHUNK: Final = 100
MAIL: Final = "access_review"
OPENED, DUE, LAPSED = "review_opened", "review_due", "review_lapsed"


def keep(*, actor: Actor) -> bool:
    """Open, tell and lapse a chunk of reviews; True while more may be left. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        months = policy.current().access.review_months
        count = _all(given, months) if months else _switch_off(given)
        given.conclude("reviews_kept" if count else "no_review_to_keep")
        return count >= CHUNK


def _all(given: Permit, months: int) -> int:
    return max(_open(given, months), _tell(given), _lapse(given))


def _open(given: Permit, months: int) -> int:
    """Open one for every office whose last began so long ago, or that is administered for so long."""
    today = given.actor.today
    offices = _due(given, rules.months_before(today, months))
    due_on = today + timedelta(days=policy.current().access.review_days)
    for office_id in offices:
        models.Review.objects.create(office_id=office_id, opened_on=today, due_on=due_on)
        _say(given, office_id, OPENED, due_on)
    return len(offices)


def _due(given: Permit, before: date) -> list[int]:
    """The administered offices without an open review whose time has come, by number."""
    reviews = models.Review.objects
    late = presence.administrators().filter(created_at__lt=days.begins(before + timedelta(days=1)))
    lately = reviews.filter(opened_on__gt=before).values("office")
    open_ones = reviews.filter(finished_at=None).values("office")
    there = presence.present(given.actor.today).filter(office__in=late.values("office"))
    wanted = there.exclude(office__in=lately).exclude(office__in=open_ones).order_by("office_id")
    return list(wanted.values_list("office_id", flat=True).distinct()[:CHUNK])


def _tell(given: Permit) -> int:
    """Remind of those whose end is near, once for each of the days."""
    today, count = given.actor.today, 0
    near = _running().filter(due_on__lte=today + timedelta(days=max(rules.NOTICE_DAYS)))
    for review in near.order_by("due_on", "pk"):
        new = rules.to_tell(review.due_on, review.noticed, today=today)
        if not new:
            continue
        if rules.is_over(review.due_on, today=today) and not review.noticed:
            review.due_on = today + respite.DAYS
        review.noticed = [*review.noticed, *new]
        review.save(update_fields=["due_on", "noticed"])
        _say(given, review.office_id, DUE, review.due_on)
        count += 1
        if count == CHUNK:
            break
    return count


def _lapse(given: Permit) -> int:
    """Close patients' data where nobody finished in time, though somebody is there who could have."""
    over = _running().filter(due_on__lt=given.actor.today)
    there = presence.present(given.actor.today).values("office")
    late = list(over.filter(office__in=there).order_by("due_on", "pk")[:CHUNK])
    for review in late:
        review.lapsed_at = given.actor.asked_at
        review.save(update_fields=["lapsed_at"])
        reviewing.close_patients(given, [review.office_id])
        telling.tell_office(given, review.office_id, LAPSED)
        _say(given, review.office_id, LAPSED, review.due_on)
    return len(late)


def _switch_off(given: Permit) -> int:
    """The plan asks nobody any more: what is open ends, and what had lapsed is open again."""
    waiting = models.Review.objects.filter(finished_at=None)
    offices = list(waiting.values_list("office_id", flat=True))
    waiting.update(finished_at=given.actor.asked_at)
    reviewing.open_patients(given, [*offices, *reviewing.overdue()])
    return 0


def _running() -> "QuerySet[models.Review]":
    """Reviews that are neither finished nor lapsed."""
    return models.Review.objects.filter(finished_at=None, lapsed_at=None)


def _say(given: Permit, office_id: int, kind: str, due_on: date) -> None:
    """A notice to each administrator, and a mail to them and to the office's contact."""
    there = presence.of(office_id, on=given.actor.today)
    if kind != LAPSED:
        telling.tell_administrators(given, there, kind, due_on=due_on.isoformat())
    said = {"kind": kind.removeprefix("review_"), "deadline_on": f"{due_on:%B} {due_on.day}, {due_on.year}"}
    telling.mail_administrators(given, office_id, MAIL, **said)
