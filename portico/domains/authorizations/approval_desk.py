"""The plan's desk for rules that approve by themselves, or send to a person: published, ended, tried out.

A rule is never changed in place: another version of its key is published, and counts from its first day. No
version begins in the past, so a trace always names rules that counted when it was made. A rule is tried out
on requests that came in before: whoever publishes one sees first what it would have done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from portico.domains.authorizations import approval_rules, determining, models
from portico.domains.authorizations.approval_rules import Condition, Rule
from portico.domains.authorizations.facts.shown import State
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

MOST_TRIED: Final = 500
SHOWN: Final = 20
LONGEST_KEY, LONGEST_TEXT, LONGEST_CITATION = 40, 300, 200
OUTCOMES: Final = tuple(models.ApprovalRule.Outcome.values)


class CannotSet(ValueError):
    """A rule that cannot be; `field` says of what, `code` why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


class UnknownRule(LookupError):
    """There is no such version of a rule."""


@dataclass(frozen=True, slots=True)
class NewRule:
    """A version to be published; a smaller `position` is tried earlier."""

    key: str
    outcome: str
    conditions: tuple[Condition, ...]
    text: str
    citation: str
    first_on: date
    position: int = 100
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class RuleView:
    """A version of a rule as the desk sees it; `counts_today`: it is tried on what comes in today."""

    id: int
    rule: Rule
    position: int
    text: str
    citation: str
    first_on: date
    last_on: date | None
    published_at: datetime
    counts_today: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule would have made of the latest requests.

    `holds` of `asked`; of these it held, people approved, approved in part, denied, or have not decided.
    `against` are the numbers of those that a person denied, wholly or in part: look at them first.
    """

    asked: int
    holds: int
    approved: int
    partly: int
    denied: int
    undecided: int
    against: tuple[str, ...] = field(default_factory=tuple)


def listed(*, actor: Actor) -> tuple[RuleView, ...]:
    """Every version, those that count in the order they are tried, then the others. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        rows = list(models.ApprovalRule.objects.order_by("position", "key", "-version"))
        counting = {(rule.key, rule.version) for rule in determining.rules_on(actor.today)}
        given.conclude("approval_rules_listed")
        views = [_view(row, (row.key, row.version) in counting) for row in rows]
        return tuple(sorted(views, key=lambda view: not view.counts_today))


def publish(*, actor: Actor, new: NewRule) -> int:
    """Publish a version; answers its number. Raises CannotSet, NotPermitted."""
    fault: CannotSet | None = None
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        try:
            version = _published(actor, new)
            given.note_subject("approval_rule", f"{new.key} {version} {new.outcome}")
            given.conclude("approval_rule_published")
            return version
        except CannotSet as error:
            fault = error
            given.conclude("approval_rule_not_published")
    raise fault


def _published(actor: Actor, new: NewRule) -> int:
    _check(actor, new)
    held = models.ApprovalRule.objects.filter(key=new.key).order_by("-version").first()
    version = held.version + 1 if held else 1
    if held is not None and new.first_on < held.first_on:
        raise CannotSet("first_on", "before_last_version")
    row = models.ApprovalRule(
        key=new.key,
        version=version,
        position=new.position,
        outcome=new.outcome,
        conditions=[approval_rules.image_of(one) for one in new.conditions],
        text=new.text.strip(),
        citation=new.citation.strip(),
        first_on=new.first_on,
        last_on=new.last_on,
        published_at=actor.asked_at,
        published_by=actor.user_id,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise CannotSet("key", "there_already") from error
    return version


def end(*, actor: Actor, number: int, last_on: date) -> None:
    """Let a version count up to a day, from today on and no longer than it did.

    Raises UnknownRule, CannotSet, NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        row = models.ApprovalRule.objects.select_for_update().filter(pk=number).first()
        wrong = _wrong_end(actor, row, last_on) if row else ""
        if row is not None and not wrong:
            models.ApprovalRule.objects.filter(pk=number).update(last_on=last_on)
            given.note_subject("approval_rule", f"{row.key} {row.version} ends {last_on.isoformat()}")
        given.conclude("not_found" if row is None else wrong or "approval_rule_ended")
    if row is None:
        raise UnknownRule
    if wrong:
        raise CannotSet("last_on", wrong)


def try_out(*, actor: Actor, outcome: str, conditions: Sequence[Condition], most: int = MOST_TRIED) -> Tried:
    """What a rule would have made of the latest requests, alone. It tells no patient.

    Raises CannotSet, NotPermitted.
    """
    _check_conditions(conditions)
    with permit(actor, Function.AUTHORIZATION_RULES) as given:
        rule = Rule("tried", 0, outcome, tuple(conditions))
        rows = models.Authorization.objects.order_by("-received_at", "-pk")
        rows = rows.prefetch_related("services", "parties")
        asked = list(rows[: min(most, MOST_TRIED)])
        said = _first_said([row.pk for row in asked])
        held = [row for row in asked if _holds(rule, row)]
        states = [said.get(row.pk, "") for row in held]
        given.conclude("approval_rule_tried")
        adverse = (State.DENIED.value, State.PARTLY.value)
        return Tried(
            asked=len(asked),
            holds=len(held),
            approved=states.count(State.APPROVED.value),
            partly=states.count(State.PARTLY.value),
            denied=states.count(State.DENIED.value),
            undecided=states.count(""),
            against=tuple(row.number for row in held if said.get(row.pk) in adverse)[:SHOWN],
        )


def _wrong_end(actor: Actor, row: models.ApprovalRule, last_on: date) -> str:
    """Why a version cannot end then, as a code; what has an end is not given a later one."""
    if last_on < max(actor.today, row.first_on):
        return "in_the_past"
    return "ends_earlier" if row.last_on is not None and last_on > row.last_on else ""


def _holds(rule: Rule, row: models.Authorization) -> bool:
    """By the rows that were fetched with it."""
    return bool(approval_rules.run([rule], determining.inputs(row)).rule)


def _first_said(numbers: Sequence[int]) -> dict[int, str]:
    """What was decided first of these requests, by number. One query."""
    rows = models.Decision.objects.filter(authorization_id__in=numbers).order_by("-pk")
    return dict(rows.values_list("authorization_id", "outcome"))


def _check(actor: Actor, new: NewRule) -> None:
    if not new.key or len(new.key) > LONGEST_KEY or not new.key.replace("-", "").isalnum():
        raise CannotSet("key", "missing" if not new.key else "malformed")
    if new.outcome not in OUTCOMES:
        raise CannotSet("outcome", "unknown")
    for name, value, most in (
        ("text", new.text.strip(), LONGEST_TEXT),
        ("citation", new.citation.strip(), LONGEST_CITATION),
    ):
        if not 0 < len(value) <= most:
            raise CannotSet(name, "too_long" if value else "missing")
    if not 0 < new.position <= 9999:
        raise CannotSet("position", "out_of_range")
    if new.first_on < actor.today:
        raise CannotSet("first_on", "in_the_past")
    if new.last_on is not None and new.last_on < new.first_on:
        raise CannotSet("last_on", "ends_before_start")
    _check_conditions(new.conditions)


def _check_conditions(conditions: Sequence[Condition]) -> None:
    wrong = approval_rules.wrong(conditions)
    if wrong:
        raise CannotSet("conditions", wrong[0])


def _view(row: models.ApprovalRule, counts: bool) -> RuleView:
    return RuleView(
        row.pk,
        determining.rule_of(row),
        row.position,
        row.text,
        row.citation,
        row.first_on,
        row.last_on,
        row.published_at,
        counts,
    )
