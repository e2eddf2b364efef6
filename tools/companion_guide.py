"""The companion guide of the 270 and the 271: what the code takes, answers and refuses, and an example.

The sentences stand in `templates/companion-270-271.md`, the tables are made here. It needs a database with
tables (see `companion_example`).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from portico.domains.exchange import submissions
from portico.domains.members import rules
from portico.edges.web.members import categories
from portico.edges.x12.connectivity import crowding, operations
from portico.edges.x12.connectivity.vocabulary import NAMESPACE, OPERATIONS, RULE_VERSION, Field
from portico.edges.x12.eligibility import codes, refusals
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.shared.x12.grammar_parts import Element, Loop, Segment
from portico.shared.x12.limits import STANDING_LIMITS
from tools import companion_example
from tools import companion_words as words
from tools.reference import NOTE, table
from tools.reference_of_reasons import aaa

TEMPLATE = Path(__file__).parent / "templates" / "companion-270-271.md"
MEBIBYTE = 1024 * 1024
MEANT: Mapping[Field, str] = {
    Field.RULE_VERSION: f"`{RULE_VERSION}`",
    Field.PAYLOAD_TYPE: "what the payload is; the tables below name the types",
    Field.PROCESSING_MODE: "`RealTime` or `Batch`",
    Field.PAYLOAD_ID: "a UUID; of a batch the name it is fetched by",
    Field.PAYLOAD_LENGTH: "batch submission only: the bytes of the payload",
    Field.TIME_STAMP: "when it was sent, such as `2026-03-12T17:00:00Z`",
    Field.USER_NAME: "the username the plan's desk gave; in SOAP in a WS-Security UsernameToken",
    Field.PASSWORD: "the password it showed once; in SOAP as PasswordText",
    Field.SENDER_ID: "the sender ID agreed with the desk",
    Field.RECEIVER_ID: "the plan's ID, which the desk names beside it",
    Field.CHECK_SUM: "batch submission only: the SHA-1 of the payload in hexadecimal digits",
    Field.PAYLOAD: "the X12 interchange, from ISA to IEA",
}


def page() -> str:
    """The whole page: the template, filled."""
    return TEMPLATE.read_text(encoding="utf-8").format_map({**_numbers(), **_tables(), **_example()})


def _numbers() -> dict[str, str]:
    ahead = settings.AS_OF_MONTHS_AHEAD
    return {
        "note": NOTE,
        "guide": codes.GUIDE,
        "address": reverse("core_connectivity"),
        "namespace": NAMESPACE,
        "version": RULE_VERSION,
        "keep_days": str(submissions.KEEP_FOR.days),
        "months_back": str(settings.AS_OF_MONTHS_BACK),
        "last_day": f"the end of the month {ahead} months ahead" if ahead else "the end of this month",
        "generic": codes.GENERIC,
    }


def _tables() -> dict[str, str]:
    generic = [(f"`{code}`", categories.of(code)) for code in codes.GENERIC_TYPES]
    return {
        "fields": table(("field", "says"), [(f"`{field}`", MEANT[field]) for field in Field]),
        "operations": _operations(),
        "error_codes": table(("ErrorCode", "means"), _coded(words.ENVELOPE)),
        "generic_types": table(("code", "stands under"), generic),
        "service_types": " ".join(f"`{code}`" for code in service_types()),
        "benefits": table(("EB01", "means"), _coded(words.BENEFITS)),
        "periods": table(("EB06", "means"), _coded(words.PERIODS)),
        "aaas": _aaas(),
        "acknowledgements": "\n\n".join(_acknowledgements()),
        "limits": _limits(),
    }


def service_types() -> list[str]:
    """Every service type code that EQ01 may have, numbers first."""
    found = {
        code for segment in _segments(GUIDE_270.root) if segment.name == "EQ" for code in _codes(segment)
    }
    return [code for code, _ in sorted(((code, "") for code in found), key=_in_order)]


def _in_order(coded: tuple[str, str]) -> tuple[bool, int, str]:
    """Numbers before letters, 2 before 10."""
    code = coded[0]
    return not code.isdecimal(), len(code), code


def _segments(loop: Loop) -> Iterator[Segment]:
    for part in loop.parts:
        if isinstance(part, Loop):
            yield from _segments(part)
        else:
            yield part


def _codes(segment: Segment) -> frozenset[str]:
    first = segment.elements[0]
    return first.codes if isinstance(first, Element) else frozenset()


def _coded(meanings: Mapping[Any, str]) -> list[tuple[str, str]]:
    return [(f"`{code}`", means) for code, means in meanings.items()]


def _operations() -> str:
    rows = [
        (
            f"`{traits.action}`",
            str(traits.mode),
            ", ".join(f"`{kind}`" for kind in traits.types),
            f"`{traits.request}`",
        )
        for traits in OPERATIONS.values()
    ]
    return table(("SOAP operation", "ProcessingMode", "PayloadType", "SOAP body"), rows)


def _aaas() -> str:
    tables = (refusals.REASONS, refusals.PROBLEMS, refusals.NO_ANSWERS)
    lines = [line for table_ in tables for line in table_.values()] + [refusals.FAILED]
    when: dict[str, list[str]] = {}
    for line in lines:
        when.setdefault(aaa(line), []).append(line.words)
    return table(
        ("AAA", "when"), [(cell, " ".join(dict.fromkeys(said))) for cell, said in sorted(when.items())]
    )


def _acknowledgements() -> Iterator[str]:
    meanings: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
        ("TA105", "of the interchange", words.INTERCHANGE),
        ("AK905", "of a group", words.GROUP),
        ("IK502", "of a transaction set", words.SET),
        ("IK304", "of a segment", words.SEGMENT),
        ("IK403", "of an element", words.ELEMENT),
    )
    for code, of_what, means in meanings:
        yield table((code, of_what), _coded(dict(sorted(means.items(), key=_in_order))))


def _limits() -> str:
    rows: Iterable[tuple[str, str, str]] = (
        (
            "patients in one real-time interchange",
            str(settings.REAL_TIME_REQUESTS),
            "PORTICO_REAL_TIME_REQUESTS",
        ),
        ("bytes of a real-time payload", f"{operations.REAL_TIME_BYTES:,}", ""),
        ("MiB of a batch", str(settings.X12_BATCH_BYTES // MEBIBYTE), "PORTICO_X12_BATCH_MEGABYTES"),
        ("seconds for a request to arrive", str(settings.X12_BODY_SECONDS), "PORTICO_X12_BODY_SECONDS"),
        ("messages at once in one process", str(settings.X12_AT_ONCE), "PORTICO_X12_AT_ONCE"),
        ("seconds to wait after a 503", str(crowding.RETRY_AFTER_SECONDS), ""),
        ("bytes of a segment", f"{STANDING_LIMITS.segment_bytes:,}", ""),
        ("searches by SSN that find nobody, in an hour", str(rules.SSN_MISSES_AN_HOUR), ""),
        ("days a batch's files are kept", str(submissions.KEEP_FOR // timedelta(days=1)), ""),
    )
    said = [(what, number, f"`{variable}`" if variable else "") for what, number, variable in rows]
    return table(("limit", "unless set otherwise", "set by"), said)


def _example() -> dict[str, str]:
    asked, answered = companion_example.made()
    return {"asked": asked.rstrip(), "answered": answered.rstrip()}
