"""What independent readers find in X12 we emit: linuxforhealth-x12 in 271, 277; pyx12 in 999, TA1, ISA."""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from pyx12 import map_if, params, x12file, x12n_document

from tests.conformance import reading_271, reading_277

CONTROL = "x12.control.00501.xml"
OF_ENVELOPES = {
    "ISA": "/ISA_LOOP/ISA",
    "TA1": "/ISA_LOOP/TA1",
    "IEA": "/ISA_LOOP/IEA",
    "GS": "/ISA_LOOP/GS_LOOP/GS",
    "GE": "/ISA_LOOP/GS_LOOP/GE",
}

UNKNOWN_TO_PYX12 = {"GS08"}  # it has no map of 271 and 277; linuxforhealth-x12 picks its own by this element


def assert_271_parses(text: str) -> None:
    """Fails with every finding unless envelopes, counts and levels hold and each patient's answer is read."""
    _fail_with(faults_in_envelopes(text) + reading_271.faults(text))


def assert_277_parses(text: str) -> None:
    """Fails with every finding unless envelopes, counts and levels hold and the 277s are read."""
    _fail_with(faults_in_envelopes(text) + reading_277.faults(text))


def assert_999_parses(text: str) -> None:
    """Fails with every finding unless pyx12 accepts the 999s of an interchange."""
    _fail_with(faults_in_envelopes(text) + faults_in_999(text))


def assert_835_parses(text: str) -> None:
    """Fails with every finding unless pyx12 accepts the 835s of an interchange."""
    _fail_with(faults_in_envelopes(text) + faults_in_999(text))


def assert_ta1_parses(text: str) -> None:
    """Fails with every finding unless pyx12 accepts an interchange that holds a TA1."""
    _fail_with(faults_in_envelopes(text) + ([] if "TA1" in text else ["no TA1"]))


def _fail_with(found: list[str]) -> None:
    assert not found, "\n".join(found)


def faults_in_envelopes(text: str) -> list[str]:
    """What pyx12 finds in headers, trailers, TA1, counts, control numbers and the parents of levels."""
    found: list[str] = []
    with x12file.X12Reader(io.StringIO(text)) as reader:
        for segment in reader:
            found += [error[2] for error in reader.pop_errors()]
            found += _faults_in_control(segment)
        reader.cleanup()
        found += [error[2] for error in reader.pop_errors()]
    return found


def _faults_in_control(segment: Any) -> list[str]:
    path = OF_ENVELOPES.get(segment.get_seg_id())
    if path is None:
        return []
    _, errors = _control_map().getnodebypath(path).is_valid_errors(segment)
    return [error.err_str for error in errors if error.refdes not in UNKNOWN_TO_PYX12]


@cache
def _control_map() -> Any:
    return map_if.load_map_file(CONTROL, params.params(), None)


def faults_in_999(text: str) -> list[str]:
    """What pyx12 finds in an interchange of 999s, or of others it has a map of, against that map."""
    report = io.StringIO()
    accepted = x12n_document.x12n_document(params.params(), io.StringIO(text), None, None, fd_json=report)
    found = list(_findings(json.loads(report.getvalue())))
    return found if accepted or found else ["pyx12 refuses it and does not say why"]


def _findings(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and "err_cde" in node:
        yield node["err_str"]
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from _findings(child)
