"""Drafts: what a person had typed into a long form, kept sealed until it is sent, thrown away or a week old.

A draft belongs to one person as one persona, and is opened through the form's own function: whoever may no
longer use the form finds nothing of what was typed into it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.accounts import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

KEPT_FOR = timedelta(days=7)
MOST_BYTES = 65_536
MOST_KEPT = 20
Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that may be left half done: its name, the function that opens it, and what it is about.

    `about` tells drafts of one form apart, such as the key of an office or an opaque id; 80 characters in
    all, and nothing of a patient.
    """

    name: str
    function: Function
    about: str = ""

    @property
    def key(self) -> str:
        """What its draft is kept under."""
        return f"{self.name}.{self.about}" if self.about else self.name


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by the names of the fields, and when it was kept."""

    saved_at: datetime
    fields: Fields


class TooLong(ValueError):
    """More was typed than a draft holds."""


def save(*, actor: Actor, form: Form, fields: Fields) -> None:
    """Keep what was typed instead of what was kept before. Raises TooLong, NotPermitted.

    Of one person the newest twenty drafts are kept.
    """
    text = json.dumps({name: list(values) for name, values in fields.items()})
    if len(text.encode()) > MOST_BYTES:
        raise TooLong(f"a draft holds {MOST_BYTES} bytes")
    with permit(actor, form.function) as given:
        sealed = settings.PORTICO_VAULT.seal(text, place=_place(actor, form))
        models.Draft.objects.update_or_create(
            user_id=actor.user_id or 0,
            persona=actor.persona_id or 0,
            form=form.key,
            defaults={"sealed": sealed, "saved_at": actor.asked_at},
        )
        _drop_oldest(given)
        given.conclude("draft_kept")


def kept_at(*, actor: Actor, form: Form) -> datetime | None:
    """When a draft of the form was kept; None where there is none that is open to the actor. One query.

    Nothing of it is shown, so no audit row is left.
    """
    if not decide(actor, Question(form.function)).allowed:
        return None
    return _of(actor, form).values_list("saved_at", flat=True).first()


def read(*, actor: Actor, form: Form) -> Draft | None:
    """The draft, to be gone on with; None where there is none. Raises NotPermitted."""
    with permit(actor, form.function) as given:
        row = _of(actor, form).first()
        given.conclude("draft_restored" if row else "no_draft")
        if row is None:
            return None
        text = settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(actor, form))
        return Draft(row.saved_at, json.loads(text))


def discard(*, actor: Actor, form: Form) -> bool:
    """Throw the draft away; False where there is none. Raises NotPermitted."""
    with permit(actor, form.function) as given:
        count, _ = _of(actor, form).delete()
        given.conclude("draft_discarded" if count else "no_draft")
        return bool(count)


def forget(*, actor: Actor) -> int:
    """Drop the drafts of more than seven days ago; answers how many."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        count, _ = models.Draft.objects.filter(saved_at__lt=actor.asked_at - KEPT_FOR).delete()
        given.conclude("forgotten" if count else "nothing_old")
        return count


def _of(actor: Actor, form: Form) -> "QuerySet[models.Draft]":
    return models.Draft.objects.filter(
        user_id=actor.user_id or 0,
        persona=actor.persona_id or 0,
        form=form.key,
        saved_at__gte=actor.asked_at - KEPT_FOR,
    )


def _drop_oldest(given: Permit) -> None:
    mine = models.Draft.objects.filter(user_id=given.actor.user_id or 0).order_by("-saved_at", "-pk")
    beyond = list(mine.values_list("pk", flat=True)[MOST_KEPT:])
    if beyond:
        models.Draft.objects.filter(pk__in=beyond).delete()


def _place(actor: Actor, form: Form) -> str:
    """Bound to person, persona and form: a row given to somebody else does not open."""
    return f"accounts.draft:{actor.user_id}:{actor.persona_id}:{form.key}"
