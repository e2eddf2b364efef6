"""The plan's table of when identity is verified: read by everybody, replaced as a whole by whoever may.

`decide()` asks the table in force at the next request of every process, a second later at most (`policy`).
A change keeps the rows before and after it as subjects of its audit row, so that the audit tells who changed
what, and cannot be rewritten.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from portico.domains.permits.actors import Actor, ActorKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.verification import Rule
from portico.domains.plan import models, policy, verification_answers, verification_rules
from portico.domains.plan.verification_rules import CannotSet

SUBJECT: Final = ("sign_in_rules", "table")
"""What every change is about: by it the audit finds them."""
WAS: Final = "rule_was"
IS: Final = "rule_is"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows in order; `is_default`: the plan has written none, and these are what is asked without."""

    rules: tuple[Rule, ...]
    is_default: bool

    @property
    def version(self) -> str:
        """A short digest of what it says, to tell whether somebody changed it meanwhile."""
        return hashlib.sha256(repr((self.is_default, self.rules)).encode()).hexdigest()[:16]


class Changed(Exception):
    """Somebody else has changed the table since it was read."""


def read() -> Table:
    """The table as it is now. No permit: what is asked of people is told to everybody."""
    rules = policy.written()
    return Table(rules or policy.DEFAULT_RULES, not rules)


def replace(*, actor: Actor, rules: Sequence[Rule], provers: Collection[str], was: str = "") -> None:
    """Put these rows in place of all there are; none at all: back to the default.

    `provers` are the ways to prove one's identity that are on. `was`: the version the rows were made from;
    "" overwrites whatever there is. Raises CannotSet, Changed, NotPermitted.
    """
    with permit(actor, Function.SIGN_IN_RULES, lately=True) as given:
        before = _locked()
        if was and was != before.version:
            raise Changed
        verification_rules.check(rules, provers=provers)
        _check_stays_open(rules, actor)
        models.VerificationRule.objects.all().delete()
        models.VerificationRule.objects.bulk_create(_rows(rules))
        _note(given, before, Table(tuple(rules), not rules))
        given.conclude("sign_in_rules_replaced" if rules else "sign_in_rules_reset")
        policy.forget()
        transaction.on_commit(policy.forget)  # what was asked for in between is remembered as it was before


def _check_stays_open(rules: Sequence[Rule], actor: Actor) -> None:
    """Nobody at the plan shuts himself out of mending the table; the operator stands beside it."""
    in_force = rules or policy.DEFAULT_RULES
    if actor.kind is not ActorKind.PERSONA:
        return
    if verification_answers.closes_to(in_force, actor, Function.SIGN_IN_RULES):
        raise CannotSet("this table would close the sign-in rules to you, who have not passed what it asks")


def _locked() -> Table:
    """The table before the change; two who change it at once take turns, by the plan's own row."""
    models.Profile.objects.select_for_update().order_by().values_list("pk").first()
    return read()


def _rows(rules: Sequence[Rule]) -> list[models.VerificationRule]:
    return [
        models.VerificationRule(
            position=position,
            account_type=rule.account_type,
            persona=rule.persona,
            functions=rule.functions,
            state=rule.state,
            provers=list(rule.provers),
            days=rule.days,
        )
        for position, rule in enumerate(rules, 1)
    ]


def _note(given: Permit, before: Table, after: Table) -> None:
    given.note_subject(*SUBJECT)
    for kind, table in ((WAS, before), (IS, after)):
        for text in _texts(table):
            given.note_subject(kind, text)


def _texts(table: Table) -> Iterator[str]:
    """Each row in two short texts: of whom and what it speaks, and what it asks; * is any, - nothing."""
    if table.is_default:
        yield "default"
        return
    for number, rule in enumerate(table.rules, 1):
        speaks = (rule.account_type, rule.persona, rule.functions, rule.state)
        yield f"{number}. {' '.join(said or '*' for said in speaks)}"
        yield f"{number}= {' '.join(rule.provers) or '-'} {rule.days}"
