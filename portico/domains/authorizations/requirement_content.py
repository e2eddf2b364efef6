"""What a receipt keeps of an answer: plain values with their hash, and the way back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from portico.domains.authorizations import models, requirement_plain
from portico.domains.authorizations.facts.answered import RequirementReceipt
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_books import Heading
from portico.domains.authorizations.requirement_rules import Answer, Basis, DecidedBy, Question, Verdict

LAYOUT: Final = 1
_QUESTION: Final = tuple(Question.__dataclass_fields__)

Content = Mapping[str, Any]


def content_of(question: Question, verdict: Verdict, heading: Heading, **said: str) -> dict[str, Any]:
    """An answer as plain values. `said` is what stands beside it: names, the reference, the instant."""
    rule = verdict.rule
    asked = {name: str(getattr(question, name)) for name in _QUESTION}
    decider = rule.decider if rule else ""
    return {
        "layout": LAYOUT,
        "question": asked,
        "answer": verdict.answer.value,
        "basis": verdict.basis.value,
        "depends_on": list(verdict.depends_on),
        "decided_by": verdict.decided_by.value,
        "decider_contact": rule.decider_contact if rule else "",
        "rule_key": rule.key if rule else "",
        "text": rule.text if rule else "",
        "citation": rule.citation if rule else "",
        "document": rule.document if rule else "",
        "questionnaire": rule.questionnaire if rule else "",
        "version": heading.version,
        "list_digest": heading.digest,
        "list_effective_on": heading.effective_on.isoformat(),
        "named_decider": decider,
        **said,
        "decider": decider or said.get("decider", ""),
    }


def question_of(content: Content) -> Question:
    """The question an answer was given to."""
    told = dict(content["question"])
    return Question(**told | {"system": System(told["system"]), "on": date.fromisoformat(told["on"])})


def is_other(content: Content, verdict: Verdict) -> bool:
    """Does a verdict say something else than the answer that was given: required or not, and by whom?"""
    decider = verdict.rule.decider if verdict.rule else ""
    before = content["answer"], content["decided_by"], content["named_decider"]
    return before != (verdict.answer.value, verdict.decided_by.value, decider)


def receipt_of(row: models.RequirementAnswer) -> RequirementReceipt:
    """The receipt that a row keeps."""
    held, question = row.content, question_of(row.content)
    same = ("rule_key", "text", "citation", "document", "questionnaire", "version", "reference")
    named = ("office_name", "line_name", "provider_name", "member_id", "decider", "decider_contact")
    asked = ("system", "code", "on", "line", "plan_code", "place", "npi", "network", "tax_id", "service_type")
    said: dict[str, Any] = {name: held[name] for name in (*same, *named)}
    said |= {name: getattr(question, name) for name in asked}
    said["tax_id"] = row.tax_id
    return RequirementReceipt(
        **said,
        asked_at=datetime.fromisoformat(held["asked_at"]),
        answer=Answer(held["answer"]),
        basis=Basis(held["basis"]),
        depends_on=tuple(held["depends_on"]),
        decided_by=DecidedBy(held["decided_by"]),
        list_effective_on=date.fromisoformat(held["list_effective_on"]),
        content_hash=row.content_hash,
        holds=requirement_plain.hash_of(held) == row.content_hash,
        changed_at=row.changed_at,
        changed_to=row.changed_to,
    )
