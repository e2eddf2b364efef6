"""Does this service need an authorization? Answered from the plan's rules: the narrowest in force decides.

Pure: rules and a question in, a verdict out; the same ones always give the same verdict. A rule covers a
question where each of its conditions holds; an empty condition holds for everything. Of several that cover
it, these decide, in this order:

1. one that names the provider (NPI), then one that names the tax ID;
2. one that names the code, then the range with the fewest codes;
3. one that names places, then the plan code, then the line, then the network;
4. the later first day; at last the key.

Codes are compared with those of their own shape alone: 70010-79999 holds no J0100. Where no rule speaks of a
code, the rules of its service type do. What no rule speaks of needs nothing: the list is whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from portico.domains.authorizations.facts.requested import System

MOST_SIGNS: Final = 10
_LETTER_OR_DIGIT: Final = re.compile(r"[A-Z0-9]{1,10}")
_OPEN: Final = ("places", "network", "plan_code")


class Answer(StrEnum):
    """What is answered; `unknown` where the plan has published no list for the day."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    AFTER_LIMIT = "after_limit"
    NOTIFY = "notify"
    UNKNOWN = "unknown"


class DecidedBy(StrEnum):
    """Who decides what is asked: the plan, the medical group of the member's PCP, or a vendor by name."""

    PLAN = "plan"
    GROUP = "group"
    VENDOR = "vendor"


class Basis(StrEnum):
    """What the answer stands on: a rule of the code, one of its service type, or that nothing is listed."""

    CODE = "code"
    SERVICE_TYPE = "service_type"
    UNLISTED = "unlisted"
    NO_LIST = "no_list"


class Network(StrEnum):
    """Where a provider stands that day, in the line's network or outside."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a list, as models.Requirement keeps it; `key` names it through all versions."""

    key: str
    system: System
    first_code: str
    answer: Answer
    text: str
    citation: str
    first_on: date
    last_on: date | None = None
    last_code: str = ""
    line: str = ""
    plan_code: str = ""
    places: tuple[str, ...] = ()
    network: str = ""
    tax_id: str = ""
    npi: str = ""
    decided_by: DecidedBy = DecidedBy.PLAN
    decider: str = ""
    decider_contact: str = ""
    document: str = ""
    questionnaire: str = ""
    service_type: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a code on a day in a line; whatever else is known narrows it, an empty value does not.

    `npi` and `tax_id` are those of whoever does the service, `network` where they stand. `service_type` is
    the one a code belongs to, for where no rule speaks of the code itself.
    """

    system: System
    code: str
    line: str
    on: date
    plan_code: str = ""
    place: str = ""
    network: str = ""
    tax_id: str = ""
    npi: str = ""
    service_type: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, the rule it stands on, and the version of the list.

    `depends_on` names what was left open and would make another answer: places, network, plan_code.
    """

    answer: Answer
    basis: Basis
    rule: Rule | None = None
    depends_on: tuple[str, ...] = ()
    version: str = ""

    @property
    def is_required(self) -> bool:
        """Does somebody have to say yes before it is done?"""
        return self.answer is Answer.REQUIRED

    @property
    def decided_by(self) -> DecidedBy:
        """Who decides; the plan where no rule names another."""
        return self.rule.decided_by if self.rule else DecidedBy.PLAN

    @property
    def is_for_another(self) -> bool:
        """Is it required, and somebody else than the plan decides?"""
        return self.is_required and self.decided_by is not DecidedBy.PLAN


def answer(rules: Iterable[Rule], question: Question, *, version: str = "") -> Verdict:
    """What the rules of a list say to a question; their order does not matter."""
    speaking = _speaking(list(rules), question)
    winner = next((pair for pair in speaking if not _left_open(pair[1], question)), None)
    narrower = speaking if winner is None else speaking[: speaking.index(winner)]
    basis, rule = winner or (Basis.UNLISTED, None)
    says = _said(rule)
    open_ones = {field for _, one in narrower if _said(one) != says for field in _left_open(one, question)}
    return Verdict(
        answer=says[0],
        basis=basis,
        rule=rule,
        depends_on=tuple(field for field in _OPEN if field in open_ones),
        version=version,
    )


def no_list() -> Verdict:
    """What is answered for a day before the plan's first list."""
    return Verdict(Answer.UNKNOWN, Basis.NO_LIST)


def shape(code: str) -> str:
    """The shape of a code, a sign for each of its own: 9 for a digit, A for a letter; "" for no code."""
    if not _LETTER_OR_DIGIT.fullmatch(code):
        return ""
    return "".join("9" if sign.isdigit() else "A" for sign in code)


def in_range(code: str, first: str, last: str) -> bool:
    """Is the code one of those from `first` to `last`, both counted? Without `last`, is it `first`?"""
    if not last:
        return code == first
    return shape(code) == shape(first) == shape(last) != "" and first <= code <= last


def covers(rule: Rule, question: Question) -> bool:
    """Does the rule speak of this question, all its conditions known to hold?"""
    return _speaks(rule, question) and not _left_open(rule, question)


def width(rule: Rule) -> int:
    """How many codes a rule speaks of."""
    return _place(rule.last_code) - _place(rule.first_code) + 1 if rule.last_code else 1


def _speaking(held: Sequence[Rule], question: Question) -> list[tuple[Basis, Rule]]:
    """The rules that may cover the question, the narrowest first: those of the code, then of its type."""
    found: list[tuple[Basis, Rule]] = []
    for basis, asked in _readings(question):
        rules = sorted((rule for rule in held if _speaks(rule, asked)), key=_narrowness)
        found += [(basis, rule) for rule in rules]
    return found


def _readings(question: Question) -> Sequence[tuple[Basis, Question]]:
    """The question as it stands, then as one about the service type of its code."""
    if question.system is System.SERVICE_TYPE:
        return [(Basis.SERVICE_TYPE, question)]
    if not question.service_type:
        return [(Basis.CODE, question)]
    of_type = replace(question, system=System.SERVICE_TYPE, code=question.service_type, service_type="")
    return [(Basis.CODE, question), (Basis.SERVICE_TYPE, of_type)]


def _said(rule: Rule | None) -> tuple[Answer, DecidedBy, str]:
    if rule is None:
        return Answer.NOT_REQUIRED, DecidedBy.PLAN, ""
    return rule.answer, rule.decided_by, rule.decider


def _speaks(rule: Rule, question: Question) -> bool:
    """Could the rule cover the question, whatever is left open?"""
    in_force = rule.first_on <= question.on and (rule.last_on is None or question.on <= rule.last_on)
    return (
        in_force
        and rule.system == question.system
        and rule.line in ("", question.line)
        and rule.npi in ("", question.npi)
        and rule.tax_id in ("", question.tax_id)
        and (not question.plan_code or rule.plan_code in ("", question.plan_code))
        and (not question.network or rule.network in ("", question.network))
        and (not question.place or not rule.places or question.place in rule.places)
        and in_range(question.code, rule.first_code, rule.last_code)
    )


def _left_open(rule: Rule, question: Question) -> tuple[str, ...]:
    """Conditions of a rule that a question does not say enough for."""
    asks = {
        "places": bool(rule.places) and not question.place,
        "network": bool(rule.network) and not question.network,
        "plan_code": bool(rule.plan_code) and not question.plan_code,
    }
    return tuple(field for field in _OPEN if asks[field])


def _narrowness(rule: Rule) -> tuple[bool, bool, int, bool, bool, bool, bool, int, str]:
    return (
        not rule.npi,
        not rule.tax_id,
        width(rule),
        not rule.places,
        not rule.plan_code,
        not rule.line,
        not rule.network,
        -rule.first_on.toordinal(),
        rule.key,
    )


def _place(code: str) -> int:
    """Where a code stands among all those of its shape."""
    place = 0
    for sign in code:
        place = place * 10 + int(sign) if sign.isdigit() else place * 26 + ord(sign) - ord("A")
    return place
