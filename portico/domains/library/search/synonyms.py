"""Words that mean the same, as the plan keeps them: its desk edits the rows, every search reads them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.db import transaction

from portico.domains.library import models
from portico.domains.library.search import phrasing, synonym_rules
from portico.domains.library.search.synonym_rules import BadSynonyms
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

REMEMBERED_SECONDS: Final = 1
MOST_ROWS: Final = 500
SUBJECT: Final = "synonyms"
_KNOWN: Final = "library.synonyms"


class UnknownRow(LookupError):
    """There is no such row, or no more."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number, its phrases, and when it was changed last."""

    id: int
    phrases: tuple[str, ...]
    changed_at: datetime


def known() -> phrasing.Synonyms:
    """All of them, as a search looks for them. A process remembers them for a second."""
    held: phrasing.Synonyms | None = cache.get(_KNOWN)
    if held is None:
        rows = models.Synonyms.objects.values_list("words", flat=True)
        held = phrasing.Synonyms([synonym_rules.phrases(row) for row in rows])
        cache.set(_KNOWN, held, REMEMBERED_SECONDS)
    return held


def listed(*, actor: Actor) -> tuple[Row, ...]:
    """Every row, by its first phrase. Raises NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        rows = models.Synonyms.objects.values_list("pk", "words", "changed_at")
        given.conclude("synonyms_shown")
        return tuple(Row(pk, synonym_rules.phrases(words), at) for pk, words, at in rows)


def add(*, actor: Actor, typed: str) -> None:
    """Keep a new row of words with commas between them. Raises BadSynonyms, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        said = synonym_rules.checked(typed)
        _check_others(said, but=None)
        _keep(given, said)
        given.conclude("synonyms_added")


def change(*, actor: Actor, number: int, typed: str) -> None:
    """Put other words into a row. Raises BadSynonyms, UnknownRow, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        said, row = synonym_rules.checked(typed), _row(number)
        _check_others(said, but=number)
        given.note_subject(SUBJECT, _named(synonym_rules.phrases(row.words)))
        row.words, row.changed_at = synonym_rules.written(said), given.actor.asked_at
        row.changed_by = given.actor.user_id
        row.save(update_fields=["words", "changed_at", "changed_by"])
        _counts_from_now(given, said)
        given.conclude("synonyms_changed")


def remove(*, actor: Actor, number: int) -> None:
    """Forget a row. Raises UnknownRow, NotPermitted."""
    with permit(actor, Function.LIBRARY_EDITING) as given:
        row = _row(number)
        said = synonym_rules.phrases(row.words)
        row.delete()
        _counts_from_now(given, said)
        given.conclude("synonyms_removed")


def add_usual(*, actor: Actor) -> int:
    """Keep what most plans begin with, as far as no row has any of its phrases; answers how many rows came.

    Raises NotPermitted.
    """
    with permit(actor, Function.LIBRARY_EDITING) as given:
        held = set(_phrases(models.Synonyms.objects.values_list("words", flat=True)))
        usual = [synonym_rules.checked(row) for row in synonym_rules.USUAL]
        new = [said for said in usual if held.isdisjoint(said)]
        for said in new:
            _keep(given, said)
        given.conclude("usual_synonyms_added")
        return len(new)


def _check_others(said: tuple[str, ...], *, but: int | None) -> None:
    """A phrase stands in one row: what it means the same as would else be two things."""
    others = models.Synonyms.objects.exclude(pk=but or 0)
    if set(said) & set(_phrases(others.values_list("words", flat=True))):
        raise BadSynonyms("taken")
    if but is None and others.count() >= MOST_ROWS:
        raise BadSynonyms("too_many_rows")


def _phrases(rows: Iterable[str]) -> Iterable[str]:
    return (phrase for row in rows for phrase in synonym_rules.phrases(row))


def _row(number: int) -> models.Synonyms:
    row = models.Synonyms.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise UnknownRow(number)
    return row


def _keep(given: Permit, said: tuple[str, ...]) -> None:
    at, by = given.actor.asked_at, given.actor.user_id
    models.Synonyms.objects.create(words=synonym_rules.written(said), changed_at=at, changed_by=by)
    _counts_from_now(given, said)


def _counts_from_now(given: Permit, said: tuple[str, ...]) -> None:
    given.note_subject(SUBJECT, _named(said))
    cache.delete(_KNOWN)
    transaction.on_commit(lambda: cache.delete(_KNOWN))  # what was asked for in between is as it was before


def _named(said: tuple[str, ...]) -> str:
    """The row in the audit: its first phrase, and a digest of all."""
    return f"{said[0][:60]} {hashlib.sha256(', '.join(said).encode()).hexdigest()[:12]}"
