"""When a person's identity has to be verified, and by what: the plan's table, asked by decide(). Pure.

A row names an account type, a persona, a function and an account state, each one or any, and the provers of
which one must have been passed. The first row that fits decides; where none does, nothing is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portico.domains.permits.functions import TRAITS, Function

ANY = ""
PATIENT_DATA = "patient_data"
PLAN = "plan"
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


@dataclass(frozen=True, slots=True)
class Verification:
    """What is asked of one account: the rows that speak of it, in order, and when each prover was passed.

    For a row about reactivated accounts a proof from before `reactivated_at` counts no more.
    """

    rules: Sequence[Rule] = ()
    passed: Mapping[str, datetime] = field(default_factory=dict)
    reactivated_at: datetime | None = None
    since: datetime | None = None

    def asked(self, function: Function, at: datetime) -> tuple[str, ...]:
        """The provers of which one has to be passed before `function` opens at `at`; empty when none has."""
        rule = next((rule for rule in self.rules if rule.covers(function)), None)
        if rule is None or any(self._holds(prover, rule, at) for prover in rule.provers):
            return ()
        return rule.provers

    def _holds(self, prover: str, rule: Rule, at: datetime) -> bool:
        passed = self.passed.get(prover)
        if passed is None or (rule.state == REACTIVATED and self._is_older(passed)):
            return False
        return not rule.days or at - passed < timedelta(days=rule.days)

    def _is_older(self, passed: datetime) -> bool:
        return self.reactivated_at is not None and passed < self.reactivated_at


NOTHING_ASKED = Verification()
