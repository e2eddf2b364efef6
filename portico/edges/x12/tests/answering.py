"""Answers to a file, cut down to the segments that say something; and what pyx12, a reader nobody here wrote,
says of them.
"""

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pyx12 import params, x12n_document

from portico.edges.x12 import acknowledgements, judging
from portico.edges.x12.acknowledgements import Mode
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.reviews import Expected, InterchangeReview, Review

AT = datetime(2026, 3, 12, 9, 30)  # noqa: DTZ001  in the plan's time zone, as the caller gives it
ENVELOPES = ("ISA", "GS", "ST", "SE", "GE", "IEA")


def judge(file: str | bytes, expected: Expected | None = None) -> Review:
    raw = file.encode() if isinstance(file, str) else file
    return judging.judge(raw, guides=(GUIDE_270,), expected=expected)


def written(told: InterchangeReview, mode: Mode = Mode.BATCH) -> bytes:
    """Answers the bytes that go back for one interchange."""
    file = io.BytesIO()
    is_written = acknowledgements.write(file, told, mode, at=AT, control_number=501, first_group=31)
    assert is_written == bool(file.getvalue())
    return file.getvalue()


def told(file: str | bytes, mode: Mode = Mode.BATCH, expected: Expected | None = None) -> list[str]:
    """Answers the segments that go back for a file of one interchange, without their envelopes."""
    (one,) = judge(file, expected).interchanges
    segments = written(one, mode).decode().split("~")[:-1]
    return [segment for segment in segments if segment.split("*")[0] not in ENVELOPES]


def findings(reply: bytes) -> list[tuple[str, str]]:
    """Answers what pyx12 finds wrong with an interchange under 005010X231A1."""
    report = io.StringIO()
    x12n_document.x12n_document(params.params(), io.StringIO(reply.decode()), None, None, fd_json=report)
    return list(_errors(json.loads(report.getvalue())))


def _errors(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if "err_cde" in node:
            yield node["err_cde"], node["err_str"]
        for child in node.values():
            yield from _errors(child)
    elif isinstance(node, list):
        for child in node:
            yield from _errors(child)
