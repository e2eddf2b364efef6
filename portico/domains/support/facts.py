"""The facts worth capturing when something is closed: codes and numbers that name no patient. Pure.

They are put together here from the actor and the diagnosis, never from what a form sends back, so nothing of
a patient can be slipped into them: what a form says is only which of them stay. Tax IDs and NPIs are an
office's own, and a reference is one the portal gave.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.support.diagnosing import Diagnosis

Facts = Mapping[str, str | list[str]]


class Fact(StrEnum):
    """One fact; what is kept of it are codes, whose words are the pages'."""

    VERDICT = "verdict"
    REASONS = "reasons"
    ENTRANCE = "entrance"
    PERSONA = "persona"
    DESK = "desk"
    FUNCTION = "function"
    LINE = "line"
    REGION = "region"
    TAX_ID = "tax_id"
    PROVIDER = "provider"
    MISSING = "missing"
    REFERENCE = "reference"
    ACCOUNT = "account"
    VERIFICATION = "verification"
    SECOND_STEP = "second_step"
    BROWSER = "browser"


ALWAYS: Final = frozenset({Fact.VERDICT, Fact.REASONS})
"""What the verdict is, and by which reasons: without them a case says nothing."""

ASKED, PASSED, NOT_ASKED = "asked", "passed", "not_asked"
YES, NO = "yes", "no"


def of(actor: Actor, found: Diagnosis, *, entrance: str, browser: str) -> Facts:
    """Every fact there is, in the order they are shown; a fact without a value is absent.

    `entrance` is the entrance's stable name, `browser` one of a closed list of names.
    """
    asked = found.asked
    every: dict[Fact, str | list[str]] = {
        Fact.VERDICT: str(found.verdict),
        Fact.REASONS: [str(reason) for reason in found.decision.reasons],
        Fact.ENTRANCE: entrance,
        Fact.PERSONA: str(actor.persona_kind or ""),
        Fact.DESK: str(actor.desk or ""),
        Fact.FUNCTION: str(asked.function),
        Fact.LINE: asked.line,
        Fact.REGION: asked.region,
        Fact.TAX_ID: asked.tax_id,
        Fact.PROVIDER: asked.provider,
        Fact.MISSING: [str(function) for function in found.missing],
        Fact.REFERENCE: found.use.reference if found.use else "",
        Fact.ACCOUNT: str(actor.account.state),
        Fact.VERIFICATION: _verification(actor, asked.function),
        Fact.SECOND_STEP: YES if actor.account.second_factor else NO,
        Fact.BROWSER: browser,
    }
    return {str(fact): value for fact, value in every.items() if value}


def kept(facts: Facts, keep: Collection[str]) -> dict[str, str | list[str]]:
    """The facts that stay: those named, and those a case always has."""
    return {name: value for name, value in facts.items() if name in ALWAYS or name in keep}


def _verification(actor: Actor, function: Function) -> str:
    """Is a proof of identity owed before that function, or has one been passed?"""
    verification = actor.account.verification
    if verification.asked(function, actor.asked_at):
        return ASKED
    return PASSED if verification.passed else NOT_ASKED
