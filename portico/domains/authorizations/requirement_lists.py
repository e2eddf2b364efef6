"""The plan's lists of what needs an authorization: taken in as a draft, looked through, published or dropped.

A draft changes nothing. Published, a list counts from its first day until the next one does, and stays as it
is; the offices that hold an answer it changes are told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from portico.domains.authorizations import (
    models,
    requirement_books,
    requirement_changes,
    requirement_drafts,
    requirement_plain,
)
from portico.domains.authorizations.requirement_changes import Preview
from portico.domains.authorizations.requirement_drafts import FileFault, SentRule
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

State = models.RequirementList.State
MOST_BYTES: Final = 20 * 1_048_576
Read = Callable[[bytes], tuple[Sequence[SentRule], Sequence[FileFault]]]
"""What settings.REQUIREMENT_FILES names: a file's rules, and what is wrong with it, line by line."""


class UnknownList(LookupError):
    """There is no such list in this state."""


class CannotPublish(ValueError):
    """The list may not be published; `code` says why: empty, not_whole, too_early, day_taken, changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list as the desk sees it. `held_back` None: its file is still being read."""

    version: str
    state: str
    effective_on: date
    rules: int
    loaded_at: datetime
    published_at: datetime | None
    source: str
    digest: str
    held_back: int | None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Nothing was kept of a file: what is wrong with it."""

    faults: tuple[FileFault, ...]


def take(*, actor: Actor, content: bytes, name: str) -> str | NotTaken:
    """Keep a file's list as a draft, all of it or nothing; answers its version. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        rows, faults = _read()(content)
        wrong = [*faults, *requirement_drafts.faults(given, rows)]
        if wrong:
            given.conclude("not_taken")
            return NotTaken(tuple(wrong))
        version = requirement_drafts.replace(given, rows, source=f"file {name}"[:120])
        given.conclude("taken")
        return version


def listed(*, actor: Actor) -> tuple[ListFacts, ...]:
    """The drafts and the published lists, the latest first day first. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        rows = models.RequirementList.objects.exclude(state=State.DROPPED).annotate(count=Count("rules"))
        given.conclude("lists")
        return tuple(_facts(row, row.count) for row in rows)


def preview(*, actor: Actor, version: str) -> tuple[ListFacts, Preview]:
    """A draft, and what it would change. Raises UnknownList, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.RequirementList.objects.filter(version=version, state=State.DRAFT).first()
        given.conclude("preview" if row else "not_found")
        if row is not None:
            return _facts(row, row.rules.count()), requirement_changes.preview(given, row)
    raise UnknownList(version)


def publish(*, actor: Actor, version: str, digest: str) -> int:
    """Publish the draft that was looked through; answers how many offices are told.

    `digest` is that of the preview. Raises UnknownList, CannotPublish, NotPermitted.
    """
    refusal = ""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = _locked(version)
        refusal = "" if row is None else _refusal(row, digest, actor.today)
        given.conclude("not_found" if row is None else refusal or "published")
        if row is not None and not refusal:
            row.state, row.published_at = State.PUBLISHED, actor.asked_at
            row.published_by = actor.persona_id
            row.save(update_fields=["state", "published_at", "published_by"])
            requirement_books.forget()
            given.note_subject("requirement_list", version)
            return requirement_changes.tell(given, row)
    raise CannotPublish(refusal) if refusal else UnknownList(version)


def drop(*, actor: Actor, version: str) -> None:
    """Drop a draft with its rules. Raises UnknownList, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = _locked(version)
        given.conclude("not_found" if row is None else "dropped")
        if row is not None:
            row.delete()
            return
    raise UnknownList(version)


def _locked(version: str) -> models.RequirementList | None:
    rows = models.RequirementList.objects.select_for_update()
    return rows.filter(version=version, state=State.DRAFT).first()


def _refusal(row: models.RequirementList, digest: str, today: date) -> str:
    """Why the draft may not be published; "" where it may. A first list may begin on any day."""
    published = models.RequirementList.objects.filter(state=State.PUBLISHED)
    latest = published.order_by("-effective_on").first()
    tests: Mapping[str, Callable[[], bool]] = {
        "not_whole": lambda: row.held_back != 0,
        "empty": lambda: not row.rules.exists(),
        "changed": lambda: digest != requirement_plain.digest(requirement_books.rules_of(row.pk)),
        "day_taken": lambda: published.filter(effective_on=row.effective_on).exists(),
        "too_early": lambda: latest is not None and row.effective_on < max(today, latest.effective_on),
    }
    return next((code for code, is_so in tests.items() if is_so()), "")


def _facts(row: models.RequirementList, rules: int) -> ListFacts:
    return ListFacts(
        version=row.version,
        state=row.state,
        effective_on=row.effective_on,
        rules=rules,
        loaded_at=row.loaded_at,
        published_at=row.published_at,
        source=row.source,
        digest=row.digest,
        held_back=row.held_back,
    )


def _read() -> Read:
    return cast(Any, import_string(settings.REQUIREMENT_FILES))  # type: ignore[no-any-return]
