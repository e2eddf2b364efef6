"""What a receipt keeps: the answer as plain JSON, its hash, and the way back to what pages show."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from portico.domains.members.answers import CoverageSpan, EligibilityAnswer, Pcp, PcpStanding, Person, Verdict
from portico.domains.members.papers import ReceiptFacts
from portico.shared.periods import Period

LAYOUT = 1

Content = Mapping[str, Any]


def content_of(
    answer: EligibilityAnswer, *, reference: str, office_name: str, lines: frozenset[str] | None
) -> dict[str, Any]:
    """The answer as plain JSON, without the SSN; `lines` are those the office could see (None: all)."""
    told: dict[str, Any] = {
        "layout": LAYOUT,
        "reference": reference,
        "office_name": office_name,
        "tax_id": answer.tax_id,
        "asked_at": answer.asked_at,
        "as_of": answer.as_of,
        "verdict": answer.verdict,
        "person": asdict(replace(answer.person, ssn_masked="")),
        "coverage": asdict(answer.coverage) if answer.coverage else None,
        "pcp": asdict(answer.pcp) if answer.pcp else None,
        "data_as_of": answer.data_as_of,
        "lines": None if lines is None else sorted(lines),
    }
    plain: dict[str, Any] = json.loads(json.dumps(told, default=_plain))
    return plain


def hash_of(content: Content) -> str:
    """The SHA-256 of the content in canonical form (keys sorted, no blanks, ASCII), 64 hexadecimal digits."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


def facts_of(
    content: Content, *, content_hash: str, changed_at: datetime | None, changed_to: str
) -> ReceiptFacts:
    """The receipt as pages show it, and whether its content still has the hash it was given with."""
    data_as_of = content["data_as_of"]
    return ReceiptFacts(
        reference=content["reference"],
        office_name=content["office_name"],
        tax_id=content["tax_id"],
        asked_at=datetime.fromisoformat(content["asked_at"]),
        as_of=date.fromisoformat(content["as_of"]),
        verdict=Verdict(content["verdict"]),
        person=_person(content["person"]),
        coverage=_span(content["coverage"]) if content["coverage"] else None,
        data_as_of=datetime.fromisoformat(data_as_of) if data_as_of else None,
        content_hash=content_hash,
        holds=hash_of(content) == content_hash,
        changed_at=changed_at,
        changed_to=changed_to,
        pcp=_pcp(content["pcp"]) if content["pcp"] else None,
    )


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a receipt")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _person(told: Content) -> Person:
    return Person(**{**told, "birth_date": _day(told["birth_date"]), "address": tuple(told["address"])})


def _span(told: Content) -> CoverageSpan:
    period = Period(date.fromisoformat(told["period"]["first"]), _day(told["period"]["last"]))
    paid_to = _day(told["premium_paid_to"])
    return CoverageSpan(
        **{**told, "period": period, "verdict": Verdict(told["verdict"]), "premium_paid_to": paid_to}
    )


def _pcp(told: Content) -> Pcp:
    since = date.fromisoformat(told["since"])
    return Pcp(**{**told, "since": since, "standing": PcpStanding(told["standing"])})
