"""When a person's identity has to be verified, and by what: the plan's table, asked by decide(). Pure.

A row names an account type, a persona, a function and an account state, each one or any, and the provers of
which one must have been passed. The first row that fits decides; where none does, nothing is asked.

A reactivated account is an active one still: where the rows ask nothing of it as reactivated, those for
active accounts are asked, so that a suspension never takes a proof off anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from portico.domains.permits.functions import TRAITS, Function

ANY = ""
PATIENT_DATA = "patient_data"
PLAN = "plan"
ACTIVE = "active"
REACTIVATED = "reactivated"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `functions`: one function, PATIENT_DATA for all that open it, or ANY.

    `provers`: any one of these; none: nothing is asked. `days`: how long a proof holds, 0 for good.
    """

    account_type: str = ANY
    persona: str = ANY
    functions: str = ANY
    state: str = ANY
    provers: tuple[str, ...] = ()
    days: int = 0

    def speaks_of(self, *, account_type: str, persona: str, state: str) -> bool:
        """Does the row speak of such an account?"""
        pairs = ((self.account_type, account_type), (self.persona, persona), (self.state, state))
        return all(said in (ANY, asked) for said, asked in pairs)

    def covers(self, function: Function) -> bool:
        """Does the row speak of this function?"""
        if self.functions == PATIENT_DATA:
            return TRAITS[function].phi
        return self.functions in (ANY, function)


class Speaking(NamedTuple):
    """The rows that speak of one account, in order.

    `as_active`: of a reactivated account those that speak of it as an active one; of any other none.
    """

    rules: Sequence[Rule] = ()
    as_active: Sequence[Rule] = ()

    def deciding(self, function: Function) -> Rule | None:
        """The row that decides on the function; None where none speaks of it."""
        found, otherwise = _first(self.rules, function), _first(self.as_active, function)
        if found is not None and (found.provers or not (otherwise and otherwise.provers)):
            return found
        return otherwise


def speaking(table: Sequence[Rule], *, account_type: str, persona: str, state: str) -> Speaking:
    """The rows of the table that speak of such an account."""

    def of(state: str) -> tuple[Rule, ...]:
        said = {"account_type": account_type, "persona": persona, "state": state}
        return tuple(rule for rule in table if rule.speaks_of(**said))

    return Speaking(of(state), of(ACTIVE) if state == REACTIVATED else ())


@dataclass(frozen=True, slots=True)
class Verification:
    """What is asked of one account: the rows that speak of it, in order, and when each prover was passed.

    For a row about reactivated accounts a proof from before `reactivated_at` counts no more.
    """

    rules: Sequence[Rule] = ()
    passed: Mapping[str, datetime] = field(default_factory=dict)
    reactivated_at: datetime | None = None
    as_active: Sequence[Rule] = ()

    def asked(self, function: Function, at: datetime) -> tuple[str, ...]:
        """The provers of which one has to be passed before `function` opens at `at`; empty when none has."""
        rule = Speaking(self.rules, self.as_active).deciding(function)
        if rule is None or any(self._holds(prover, rule, at) for prover in rule.provers):
            return ()
        return rule.provers

    def takes(self, prover: str) -> bool:
        """Does any row that speaks of this account take this prover for anything?"""
        return any(prover in rule.provers for rule in (*self.rules, *self.as_active))

    def _holds(self, prover: str, rule: Rule, at: datetime) -> bool:
        passed = self.passed.get(prover)
        if passed is None or (rule.state == REACTIVATED and self._is_older(passed)):
            return False
        return not rule.days or at - passed < timedelta(days=rule.days)

    def _is_older(self, passed: datetime) -> bool:
        return self.reactivated_at is not None and passed < self.reactivated_at


def _first(rules: Sequence[Rule], function: Function) -> Rule | None:
    return next((rule for rule in rules if rule.covers(function)), None)


NOTHING_ASKED = Verification()
