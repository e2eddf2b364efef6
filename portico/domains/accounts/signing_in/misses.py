"""Misses in a row, by name: counted alike for names that exist and names that do not.

A name is kept as a keyed index only: what people type into a username's field is sometimes a password.
A device that is known for the name has tallies of its own beside those that all strangers share.
Whoever holds a tally has its row locked, so that parallel tries are counted one after the other. A tally is
held before the row of a user, never after it.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings

from portico.domains.accounts import models, rules
from portico.domains.accounts.rules import Tally

SWEPT_AT_ONCE = 20


class Step(StrEnum):
    """What is counted, each in a tally of its own: the steps of signing in, and what is asked beside them.

    So wrong codes lock no password; whoever sits at an open session spends no try of the sign-in, and whoever
    cannot show again that it is they spends none of who changes the password. Behind a reset link the answers
    count for the person, whatever number of links was mailed. The plan's other sign-ins are asked for a name
    no more often than it may be tried.
    """

    PASSWORD = "username"  # noqa: S105 - the purpose of an index, no secret
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    CONFIRM = "confirm"
    OWN_PASSWORD = "own password"  # noqa: S105 - the purpose of an index, no secret
    RESET_ANSWER = "reset answer"
    ELSEWHERE = "asked elsewhere"


SIGNING_IN: Final = (Step.PASSWORD, Step.CODE, Step.RECOVERY_CODE)
BESIDE: Final = (Step.CONFIRM, Step.OWN_PASSWORD, Step.RESET_ANSWER)
"""What is counted for the person, in whatever browser."""


def index(step: Step, typed: str, *, device: str = "") -> bytes:
    """The keyed index of what was typed as a username, on a known device or among strangers, 16 bytes."""
    purpose = f"{step} on {device}" if device else step
    made: bytes = settings.PORTICO_VAULT.index(name_key(typed), purpose=purpose)
    return made


def name_key(typed: str) -> str:
    """What was typed as a username in the one form it is counted in, whatever the case."""
    return rules.username_key(typed) or typed.strip().casefold()


def counted(step: Step, typed: str, *, device: str) -> bytes:
    """The index of the tally that counts: a known device's own, until a hundred misses make it a stranger."""
    own = index(step, typed, device=device)
    if device and standing(own).count >= rules.MOST_MISSES:
        return index(step, typed)
    return own


def hold(name_index: bytes, *, at: datetime) -> Tally:
    """The tally of that name, its row locked until the transaction ends; made when there is none yet."""
    models.Misses.objects.bulk_create(
        [models.Misses(name_index=name_index, last_at=at)],
        update_conflicts=True,
        unique_fields=["name_index"],
        update_fields=["name_index"],
    )
    row = models.Misses.objects.get(name_index=name_index)
    return Tally(row.count, row.last_at, row.locked_until)


def standing(name_index: bytes) -> Tally:
    """The tally of that name as it stands, held by nobody; an empty one where there is none."""
    row = models.Misses.objects.filter(name_index=name_index).first()
    return Tally() if row is None else Tally(row.count, row.last_at, row.locked_until)


def add(name_index: bytes, tally: Tally, *, at: datetime) -> Tally:
    """Count one more miss to a tally that is held, and answer how it stands now."""
    after = rules.after_miss(tally, at)
    models.Misses.objects.filter(name_index=name_index).update(
        count=after.count, last_at=at, locked_until=after.locked_until
    )
    sweep(at)
    return after


def forget(typed: str, *, device: str = "", steps: Iterable[Step] = Step) -> int:
    """Forget the misses of that name on a known device, or those of strangers: it signed in, or was unlocked.

    Answers how many tallies there were. One that somebody else holds at this moment stays: whoever holds a
    tally waits for no other, so that no two wait for each other.
    """
    indexes = [index(step, typed, device=device) for step in steps]
    held = models.Misses.objects.filter(name_index__in=indexes).select_for_update(skip_locked=True)
    return models.Misses.objects.filter(pk__in=list(held.values_list("pk", flat=True))).delete()[0]


def forget_one(name_index: bytes) -> None:
    """Forget one tally: what it counted has ended well."""
    models.Misses.objects.filter(name_index=name_index).delete()


def sweep(at: datetime) -> None:
    """Drop a few tallies that a day has forgotten, so that made-up names do not fill the table."""
    old = models.Misses.objects.filter(last_at__lt=at - rules.FORGET_AFTER, count__lt=rules.MOST_MISSES)
    few = list(old.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    if few:
        models.Misses.objects.filter(pk__in=few).delete()
