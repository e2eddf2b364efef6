"""The plan's questionnaires: written as data, looked at, published; what was published never changes.

    write -> a version that nobody is asked yet -> publish -> asked from now on, instead of the one before

A version does not come back: one that is older than the one asked is published no more.
A request keeps which version it answered, so its answers are read with the questions they belong to.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Max

from portico.domains.authorizations import models, questionnaire_data
from portico.domains.authorizations.questionnaire_data import BadQuestionnaire as BadQuestionnaire
from portico.domains.authorizations.questions import Question
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SUBJECT: Final = "questionnaire"
_APART: Final = "/"
_MOST_DIGITS: Final = 4
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


class UnknownQuestionnaire(LookupError):
    """There is no questionnaire of this key and version."""


class Outdated(ValueError):
    """A later version of it is asked already, so this one is published no more."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of a questionnaire; `published_at` None: nobody was asked it; `is_late`: nobody will be."""

    key: str
    version: int
    title: str
    question_count: int
    published_at: datetime | None
    is_asked: bool
    is_late: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with its questions; `name` is what a request keeps of it.

    `is_late`: nobody was asked it, and a later version is asked already. Only `one` says so.
    """

    key: str
    version: int
    title: str
    questions: tuple[Question, ...]
    published_at: datetime | None = None
    is_late: bool = False

    @property
    def name(self) -> str:
        """Key and version, as a request names them: knee-imaging/2."""
        return f"{self.key}{_APART}{self.version}"


def write(*, actor: Actor, key: str, title: str, content: Mapping[str, Any]) -> Whole:
    """Keep a new version, which nobody is asked yet. Raises BadQuestionnaire, NotPermitted."""
    questions = questionnaire_data.read(content)
    if not _KEY.fullmatch(key) or not title.strip():
        raise BadQuestionnaire("A questionnaire has a key of letters, digits and dashes, and a title.")
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = _new(key, title, content)
        if row is not None:
            given.note_subject(SUBJECT, f"{key}{_APART}{row.version}")
        given.conclude("version_taken" if row is None else "questionnaire_written")
    if row is None:
        raise BadQuestionnaire("Somebody handed in a version of it just now. Hand yours in again.")
    return Whole(row.key, row.version, row.title, questions)


def _new(key: str, title: str, content: Mapping[str, Any]) -> models.Questionnaire | None:
    last = models.Questionnaire.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0
    kept = {"title": title.strip()[:120], "content": dict(content)}
    try:
        with transaction.atomic():
            return models.Questionnaire.objects.create(key=key, version=last + 1, **kept)
    except IntegrityError:
        return None


def publish(*, actor: Actor, key: str, version: int) -> bool:
    """Ask this version from now on; False where it was published before.

    Raises UnknownQuestionnaire, Outdated, NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.Questionnaire.objects.select_for_update().filter(key=key, version=version).first()
        is_late = row is not None and _is_late(row)
        is_new = row is not None and row.published_at is None and not is_late
        if row is not None:
            given.note_subject(SUBJECT, f"{key}{_APART}{version}")
        if row is not None and is_new:
            row.published_at, row.published_by = actor.asked_at, actor.user_id
            row.save(update_fields=["published_at", "published_by"])
        told = "outdated" if is_late else "published" if is_new else "published_before"
        given.conclude("not_found" if row is None else told)
    if row is None:
        raise UnknownQuestionnaire
    if is_late:
        raise Outdated
    return is_new


def _is_late(row: models.Questionnaire) -> bool:
    later = models.Questionnaire.objects.filter(key=row.key, version__gt=row.version)
    return row.published_at is None and later.filter(published_at__isnull=False).exists()


def listing(*, actor: Actor) -> tuple[Listed, ...]:
    """Every version, by key, the newest first. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        rows = list(models.Questionnaire.objects.all())
        asked: dict[str, int] = {}
        for row in rows:
            if row.published_at is not None:
                asked.setdefault(row.key, row.version)
        given.conclude("questionnaires_shown")
        return tuple(
            Listed(
                key=row.key,
                version=row.version,
                title=row.title,
                question_count=len(row.content.get("questions", ())),
                published_at=row.published_at,
                is_asked=asked.get(row.key) == row.version,
                is_late=row.published_at is None and asked.get(row.key, 0) > row.version,
            )
            for row in rows
        )


def one(*, actor: Actor, key: str, version: int) -> Whole:
    """A version with its questions, for the plan. Raises UnknownQuestionnaire, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.Questionnaire.objects.filter(key=key, version=version).first()
        is_late = row is not None and _is_late(row)
        given.conclude("not_found" if row is None else "questionnaire_shown")
    if row is None:
        raise UnknownQuestionnaire
    return replace(_whole(row), is_late=is_late)


def asked(given: Permit, key: str) -> Whole | None:
    """The version of this key that is asked now; None without any. One query."""
    del given
    return current(key)


def named(given: Permit, name: str) -> Whole | None:
    """The version that a request or a draft names (Whole.name), published or replaced since. One query."""
    del given
    return version_of(name)


def current(key: str) -> Whole | None:
    """The version of this key that is asked now, for this domain: no patient is in it. One query."""
    rows = models.Questionnaire.objects.filter(key=key, published_at__isnull=False)
    row = rows.order_by("-version").first()
    return _whole(row) if row is not None else None


def version_of(name: str) -> Whole | None:
    """The version of that name, for this domain. One query."""
    key, _, version = name.partition(_APART)
    number = int(version) if version.isdecimal() and len(version) <= _MOST_DIGITS else 0
    row = models.Questionnaire.objects.filter(key=key, version=number).first()
    return _whole(row) if row is not None else None


def _whole(row: models.Questionnaire) -> Whole:
    questions = questionnaire_data.read(row.content)
    return Whole(row.key, row.version, row.title, questions, row.published_at)
