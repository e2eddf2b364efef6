"""The plan's desk sets how long decisions may take: clocks by line and kind of request, each with its source.

A clock is never changed in place: it is ended, or removed while no request was counted by it, and another one
added. A request keeps the one that was in force when it came in.
"""

from dataclasses import replace
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from portico.domains.authorizations import clock_defaults, models
from portico.domains.authorizations.clock_reading import rule_of
from portico.domains.authorizations.clock_rules import Rule, Unit
from portico.domains.authorizations.clocks import CannotSet, Pause
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue

LONGEST: Final = {Unit.HOURS: 720, Unit.CALENDAR: 90, Unit.BUSINESS: 60}
LONGEST_EXTENSION: Final = 60
LONGEST_WARNING: Final = 720
LONGEST_CITATION: Final = 200


class UnknownRule(LookupError):
    """There is no such clock, or no longer."""


def listed(*, actor: Actor) -> tuple[Rule, ...]:
    """Every clock the plan keeps, then the law's own that none was counted by yet (`id` None).

    One query. Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        kept = tuple(map(rule_of, models.ClockRule.objects.all()))
        there = {(rule.kind, rule.line, rule.period.first) for rule in kept}
        law = (rule for rule in clock_defaults.DEFAULTS if _key(rule) not in there)
        given.conclude("clock_rules_listed")
        return (*kept, *law)


def add(*, actor: Actor, rule: Rule) -> None:
    """Add a clock. Raises CannotSet, NotPermitted."""
    said = replace(rule, citation=" ".join(rule.citation.split()))
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        code = _fault(said)
        row = _kept(said) if not code else None
        if row is not None:
            given.note_subject(
                "clock_rule", f"{row.pk} {rule.kind} {rule.line or '*'} {rule.amount} {rule.unit}"
            )
        given.conclude("clock_rule_added" if row else code or "there_already")
    if row is None:
        raise CannotSet(code or "there_already")


def end(*, actor: Actor, number: int, last_on: date) -> None:
    """Let a clock count for requests up to a day. Raises UnknownRule, CannotSet, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.ClockRule.objects.filter(pk=number).first()
        is_wrong = row is not None and last_on < row.first_on
        if row is not None and not is_wrong:
            row.last_on = last_on
            row.save(update_fields=["last_on"])
            given.note_subject("clock_rule", f"{number} ends {last_on.isoformat()}")
        given.conclude(
            "not_found" if row is None else "ends_before_start" if is_wrong else "clock_rule_ended"
        )
    if row is None:
        raise UnknownRule
    if is_wrong:
        raise CannotSet("ends_before_start")


def remove(*, actor: Actor, number: int) -> None:
    """Remove a clock no request was counted by. Raises UnknownRule, CannotSet, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.ClockRule.objects.filter(pk=number).first()
        is_gone = row is not None and _removed(row)
        given.note_subject("clock_rule", str(number))
        given.conclude("not_found" if row is None else "clock_rule_removed" if is_gone else "in_use")
    if row is None:
        raise UnknownRule
    if not is_gone:
        raise CannotSet("in_use")


def _key(rule: Rule) -> tuple[str, str, date]:
    return rule.kind, rule.line, rule.period.first


def _fault(rule: Rule) -> str:
    """What is wrong with it; empty where nothing is."""
    checks = (
        ("amount", not 0 < rule.amount <= LONGEST[rule.unit]),
        ("extension", not 0 <= rule.extension_days <= LONGEST_EXTENSION),
        ("warning", not 0 <= rule.warn_hours <= LONGEST_WARNING),
        ("citation", not 0 < len(rule.citation) <= LONGEST_CITATION),
        ("pauses", not set(rule.pauses) <= set(Pause)),
        ("law_pauses", rule.is_law and bool(rule.pauses)),
        ("line", bool(rule.line) and rule.line not in catalogue.line_names()),
    )
    return next((code for code, is_wrong in checks if is_wrong), "")


def _kept(rule: Rule) -> models.ClockRule | None:
    """The row; None where there is one that begins on the same day."""
    try:
        with transaction.atomic():
            return models.ClockRule.objects.create(
                kind=rule.kind,
                line=rule.line,
                amount=rule.amount,
                unit=rule.unit,
                extension_days=rule.extension_days,
                pauses=list(rule.pauses),
                warn_hours=rule.warn_hours,
                is_law=rule.is_law,
                citation=rule.citation,
                first_on=rule.period.first,
                last_on=rule.period.last,
            )
    except IntegrityError:
        return None


def _removed(row: models.ClockRule) -> bool:
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True
