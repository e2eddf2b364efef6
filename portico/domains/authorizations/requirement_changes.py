"""What a new list changes: rules against the one that counts before it, and the answers that offices hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from portico.domains.authorizations import (
    models,
    requirement_books,
    requirement_content,
    requirement_plain,
    requirement_rules,
)
from portico.domains.authorizations.requirement_books import Book
from portico.domains.authorizations.requirement_rules import Rule, Verdict
from portico.domains.notifications import notices
from portico.domains.permits.permit import Permit

NOTICE: Final = "requirement_changed"
MOST_ANSWERS: Final = 20_000
_BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Changed:
    """A rule that both lists have, and what differs in it."""

    before: Rule
    after: Rule
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft changes against `against` ("" where none counts before it).

    `answers` is how many held answers would be another, in `offices` offices. `digest` is what publishing
    asks for.
    """

    against: str
    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    changed: tuple[Changed, ...]
    answers: int
    offices: int
    digest: str


def preview(given: Permit, row: models.RequirementList) -> Preview:
    """What a draft changes, in its rules and in the answers that offices hold."""
    before = requirement_books.in_force(row.effective_on)
    old = {rule.key: rule for rule in requirement_books.rules_of(before.number)} if before else {}
    rules = requirement_books.rules_of(row.pk)
    new = {rule.key: rule for rule in rules}
    both = [(old[key], rule) for key, rule in new.items() if key in old]
    touched = [answer for answer, _ in _touched(row, Book(rules))]
    del given
    return Preview(
        against=before.version if before else "",
        added=tuple(rule for key, rule in new.items() if key not in old),
        removed=tuple(rule for key, rule in old.items() if key not in new),
        changed=tuple(
            Changed(first, second, columns)
            for first, second in both
            if (columns := requirement_plain.differing(first, second))
        ),
        answers=len(touched),
        offices=len({answer.office_id for answer in touched}),
        digest=requirement_plain.digest(rules),
    )


def tell(given: Permit, row: models.RequirementList) -> int:
    """Note on each held answer what the list makes of it, and tell its office; how many offices.

    The answer stays as it was given: the plan honours it for its day of service.
    """
    told: dict[tuple[int, str], list[str]] = {}
    changed = []
    for answer, verdict in _touched(row, Book(requirement_books.rules_of(row.pk))):
        answer.changed_at, answer.changed_to = given.actor.asked_at, verdict.answer
        changed.append(answer)
        told.setdefault((answer.office_id, answer.tax_id), []).append(answer.reference)
    models.RequirementAnswer.objects.bulk_update(changed, ["changed_at", "changed_to"], batch_size=_BATCH)
    for (office_id, tax_id), references in told.items():
        context = {"version": row.version, "answers": len(references), "reference": references[0]}
        notices.tell_office(
            office_id=office_id, kind=NOTICE, context=context, now=given.actor.asked_at, tax_id=tax_id
        )
    return len({office_id for office_id, _ in told})


def _touched(row: models.RequirementList, book: Book) -> Iterator[tuple[models.RequirementAnswer, Verdict]]:
    """The held answers about days on which the list counts, that it answers otherwise."""
    for answer in _answers(row)[:MOST_ANSWERS].iterator(chunk_size=_BATCH):
        question = requirement_content.question_of(answer.content)
        verdict = requirement_rules.answer(book.about(question), question, version=row.version)
        if requirement_content.is_other(answer.content, verdict):
            yield answer, verdict


def _answers(row: models.RequirementList) -> "QuerySet[models.RequirementAnswer]":
    lists = models.RequirementList.objects.filter(state=models.RequirementList.State.PUBLISHED)
    later = lists.filter(effective_on__gt=row.effective_on).order_by("effective_on").first()
    held = models.RequirementAnswer.objects.filter(serviced_on__gte=row.effective_on, changed_at=None)
    return (held.filter(serviced_on__lt=later.effective_on) if later else held).order_by("pk")
