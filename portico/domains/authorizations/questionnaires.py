"""The plan's questionnaires: written as data, looked at, published; what was published never changes.

    write -> a version that nobody is asked yet -> publish -> asked from now on, instead of the one before

A request keeps which version it answered, so its answers are read with the questions they belong to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

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


class UnknownQuestionnaire(LookupError):
    """There is no questionnaire of this key and version."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A version of a questionnaire; `published_at` None: nobody is asked it yet."""

    key: str
    version: int
    title: str
    question_count: int
    published_at: datetime | None
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with its questions; `name` is what a request keeps of it."""

    key: str
    version: int
    title: str
    questions: tuple[Question, ...]
    published_at: datetime | None = None

    @property
    def name(self) -> str:
        """Key and version, as a request names them: knee-imaging/2."""
        return f"{self.key}{_APART}{self.version}"


def write(*, actor: Actor, key: str, title: str, content: Mapping[str, Any]) -> Whole:
    """Keep a new version, which nobody is asked yet. Raises BadQuestionnaire, NotPermitted."""
    questions = questionnaire_data.read(content)
    if not key or len(key) > 40 or not key.replace("-", "").isalnum() or not title.strip():
        raise BadQuestionnaire("A questionnaire has a key of letters, digits and dashes, and a title.")
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        version = (
            models.Questionnaire.objects.filter(key=key).aggregate(last=Max("version"))["last"] or 0
        ) + 1
        row = models.Questionnaire.objects.create(
            key=key, version=version, title=title.strip()[:120], content=dict(content)
        )
        given.note_subject(SUBJECT, f"{key}{_APART}{version}")
        given.conclude("questionnaire_written")
        return Whole(row.key, row.version, row.title, questions)


def publish(*, actor: Actor, key: str, version: int) -> bool:
    """Ask this version from now on; False where it was published before.

    Raises UnknownQuestionnaire, NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.Questionnaire.objects.select_for_update().filter(key=key, version=version).first()
        is_new = row is not None and row.published_at is None
        if row is not None and is_new:
            row.published_at, row.published_by = actor.asked_at, actor.user_id
            row.save(update_fields=["published_at", "published_by"])
        given.note_subject(SUBJECT, f"{key}{_APART}{version}")
        given.conclude("not_found" if row is None else "published" if is_new else "published_before")
    if row is None:
        raise UnknownQuestionnaire
    return is_new


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
            )
            for row in rows
        )


def one(*, actor: Actor, key: str, version: int) -> Whole:
    """A version with its questions, for the plan. Raises UnknownQuestionnaire, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.Questionnaire.objects.filter(key=key, version=version).first()
        given.conclude("not_found" if row is None else "questionnaire_shown")
    if row is None:
        raise UnknownQuestionnaire
    return _whole(row)


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
