"""The plan's desk for claims: its deadlines with their sources, and the policies that stand behind codes.

A rule is never changed in place: it is ended, or removed where it was a mistake, and another one added. The
audit keeps what was added and removed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction

from portico.domains.claims import deadlines, models
from portico.domains.claims.deadline_rules import Rule
from portico.domains.library import titles
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue

LONGEST_DAYS: Final = 3650
LONGEST_CITATION: Final = 200
LONGEST_CODE: Final = 40
CODE_KINDS: Final = tuple(models.CodePolicy.Kind.values)


class CannotSet(ValueError):
    """A rule that cannot be; `field` says of what, `code` why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


class UnknownRule(LookupError):
    """There is no such rule, or no longer."""


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """A deadline rule; `title` is its document's, empty where none is in force today."""

    id: int
    rule: Rule
    title: str


@dataclass(frozen=True, slots=True)
class Policy:
    """The document that stands behind a code in a line; an empty line means every one."""

    kind: str
    code: str
    document: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy behind a code; `title` is its document's, empty where none is in force today."""

    id: int
    policy: Policy
    title: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All that the plan has said."""

    deadlines: tuple[DeadlineView, ...]
    policies: tuple[PolicyView, ...]


def listed(*, actor: Actor) -> Rules:
    """Every rule, with the titles of the documents behind. Three queries. Raises NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        rules, policies = list(models.DeadlineRule.objects.all()), list(models.CodePolicy.objects.all())
        named = _titles(given, {row.document for row in rules} | {row.document for row in policies})
        given.conclude("claim_rules_listed")
        return Rules(
            tuple(DeadlineView(row.pk, deadlines.rule_of(row), named.get(row.document, "")) for row in rules),
            tuple(
                PolicyView(
                    row.pk,
                    Policy(row.kind, row.code, row.document, row.line),
                    named.get(row.document, ""),
                )
                for row in policies
            ),
        )


def add_deadline(*, actor: Actor, rule: Rule) -> None:
    """Add a deadline. Raises CannotSet, NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        _check_deadline(given, rule)
        row = models.DeadlineRule(
            kind=rule.kind,
            line=rule.line,
            tax_id=rule.tax_id,
            days=rule.days,
            unit=rule.unit,
            citation=rule.citation.strip(),
            document=rule.document,
            first_on=rule.period.first,
            last_on=rule.period.last,
        )
        _save(row.save, "first_on")
        given.note_subject("deadline_rule", f"{row.pk} {rule.kind} {rule.days} {rule.unit}")
        given.conclude("deadline_added")


def end_deadline(*, actor: Actor, number: int, last_on: date) -> None:
    """Let a deadline count for events up to a day. Raises UnknownRule, CannotSet, NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        row = models.DeadlineRule.objects.filter(pk=number).first()
        if row is not None and last_on < row.first_on:
            raise CannotSet("last_on", "ends_before_start")
        if row is not None:
            models.DeadlineRule.objects.filter(pk=number).update(last_on=last_on)
            given.note_subject("deadline_rule", f"{number} ends {last_on.isoformat()}")
        given.conclude("deadline_ended" if row else "not_found")
    if row is None:
        raise UnknownRule


def remove_deadline(*, actor: Actor, number: int) -> None:
    """Remove a deadline as if it had never been. Raises UnknownRule, NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        gone, _ = models.DeadlineRule.objects.filter(pk=number).delete()
        given.note_subject("deadline_rule", str(number))
        given.conclude("deadline_removed" if gone else "not_found")
    if not gone:
        raise UnknownRule


def add_policy(*, actor: Actor, policy: Policy) -> None:
    """Put a document of the library behind a code. Raises CannotSet, NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        _check_policy(given, policy)
        row = models.CodePolicy(
            kind=policy.kind, code=policy.code, line=policy.line, document=policy.document
        )
        _save(row.save, "code")
        given.note_subject("code_policy", f"{row.pk} {policy.kind} {policy.code} {policy.document}")
        given.conclude("policy_added")


def remove_policy(*, actor: Actor, number: int) -> None:
    """Take the document from behind a code. Raises UnknownRule, NotPermitted."""
    with permit(actor, Function.CLAIM_RULES) as given:
        gone, _ = models.CodePolicy.objects.filter(pk=number).delete()
        given.note_subject("code_policy", str(number))
        given.conclude("policy_removed" if gone else "not_found")
    if not gone:
        raise UnknownRule


def _check_deadline(given: Permit, rule: Rule) -> None:
    if not 0 < rule.days <= LONGEST_DAYS:
        raise CannotSet("days", "out_of_range")
    if not 0 < len(rule.citation.strip()) <= LONGEST_CITATION:
        raise CannotSet("citation", "missing" if not rule.citation.strip() else "too_long")
    _check_line(rule.line)
    if rule.document:
        _check_document(given, rule.document)


def _check_policy(given: Permit, policy: Policy) -> None:
    if policy.kind not in CODE_KINDS:
        raise CannotSet("kind", "unknown")
    if not 0 < len(policy.code) <= LONGEST_CODE:
        raise CannotSet("code", "missing" if not policy.code else "too_long")
    _check_line(policy.line)
    _check_document(given, policy.document)


def _check_line(line: str) -> None:
    if line and line not in catalogue.line_names():
        raise CannotSet("line", "unknown")


def _check_document(given: Permit, key: str) -> None:
    if key not in _titles(given, {key}):
        raise CannotSet("document", "not_in_library")


def _titles(given: Permit, keys: set[str]) -> dict[str, str]:
    return dict(titles.of(keys - {""}, at=given.actor.asked_at, today=given.actor.today))


def _save(save: Callable[[], None], field: str) -> None:
    """Raises CannotSet where there is one like it."""
    try:
        with transaction.atomic():
            save()
    except IntegrityError as error:
        raise CannotSet(field, "there_already") from error
