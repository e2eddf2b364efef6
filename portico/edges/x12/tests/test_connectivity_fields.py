"""Every field of the rule, missing and illegal, in both envelopes: the same error code for the same fault."""

from collections.abc import Callable
from typing import Any

import pytest

from portico.domains.exchange.log import Operation
from portico.edges.x12.connectivity import envelopes, fields
from portico.edges.x12.connectivity.fields import Checked, EnvelopeError
from portico.edges.x12.tests import enveloping

Write = Callable[[enveloping.Fields, str], tuple[bytes, str]]
ASKED = {
    "real_time": Operation.REAL_TIME,
    "submit": Operation.BATCH_SUBMIT,
    "fetch_999": Operation.ACKNOWLEDGEMENT_RETRIEVAL,
    "fetch_271": Operation.RESULTS_RETRIEVAL,
    "acknowledge": Operation.RESULTS_ACKNOWLEDGEMENT,
}
LONG = "x" * 129


def as_form(said: enveloping.Fields, asked: str) -> tuple[bytes, str]:
    """The MIME envelope, which does not name what is asked."""
    del asked
    return enveloping.form(said)


def as_soap(said: enveloping.Fields, asked: str) -> tuple[bytes, str]:
    return enveloping.soap(said, asked)


def as_mtom(said: enveloping.Fields, asked: str) -> tuple[bytes, str]:
    return enveloping.mtom(said, asked)


BOTH = pytest.mark.parametrize("write", [as_form, as_soap], ids=["mime", "soap"])
EACH = pytest.mark.parametrize("write", [as_form, as_soap, as_mtom], ids=["mime", "soap", "mtom"])


def checked(write: Write, asked: str = "real_time", **changes: Any) -> Checked:
    body, content_type = write(enveloping.fields(asked, **changes), asked)
    return fields.check(envelopes.read(content_type, body))


def code_of(write: Write, asked: str = "real_time", **changes: Any) -> str:
    with pytest.raises(EnvelopeError) as refused:
        fields.check_payload(checked(write, asked, **changes))
    assert refused.value.words.endswith(".")
    return refused.value.code


@EACH
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_right_is_read(write: Write, asked: str) -> None:
    found = checked(write, asked)
    fields.check_payload(found)
    assert found.operation is ASKED[asked]
    assert (found.user_name, found.password) == ("lakeside-0001", "AAAA-BBBB")
    assert (found.sender_id, found.receiver_id) == ("LAKESIDE01", "99999")
    assert found.payload_id == enveloping.PAYLOAD_ID
    is_brought = asked not in ("fetch_999", "fetch_271")
    assert found.payload == (enveloping.REAL_TIME_270 if is_brought else b"")


@BOTH
@pytest.mark.parametrize(
    "name",
    [
        *("PayloadType", "ProcessingMode", "PayloadID", "TimeStamp", "UserName", "Password"),
        *("SenderID", "ReceiverID", "CORERuleVersion", "Payload"),
    ],
)
@pytest.mark.parametrize("value", [None, "", "   "])
def test_a_missing_field_is_required(write: Write, name: str, value: str | None) -> None:
    given: dict[str, Any] = {name: b"" if name == "Payload" and value is not None else value}
    assert code_of(write, **given) == f"{name}Required"


@BOTH
@pytest.mark.parametrize("name", ["PayloadLength", "CheckSum", "Payload"])
def test_a_batch_needs_more(write: Write, name: str) -> None:
    assert code_of(write, "submit", **{name: None}) == f"{name}Required"


ILLEGAL = [
    ("PayloadType", "X12_270_Request"),
    ("PayloadType", "x12_270_request_005010x279a1"),
    ("PayloadType", "X12_271_Response_005010X279A1"),
    ("PayloadType", "<script>"),
    ("ProcessingMode", "Realtime"),
    ("ProcessingMode", "RealTime Batch"),
    ("PayloadID", "1"),
    ("PayloadID", "f81d4fae7dec41d0a76500a0c91e6bf6"),
    ("PayloadID", "{f81d4fae-7dec-41d0-a765-00a0c91e6bf6}"),
    ("PayloadID", "f81d4fae-7dec-41d0-a765-00a0c91e6bfg"),
    ("TimeStamp", "2026-03-12"),
    ("TimeStamp", "2026-02-30T00:00:00Z"),
    ("TimeStamp", "2026-03-12T25:00:00Z"),
    ("TimeStamp", "03/12/2026 17:00"),
    ("UserName", LONG),
    ("Password", LONG),
    ("SenderID", "x" * 51),
    ("SenderID", "two\nlines"),
    ("SenderID", "ümlaut"),
    ("ReceiverID", "x" * 51),
]


@BOTH
@pytest.mark.parametrize(("name", "value"), ILLEGAL)
def test_an_illegal_field_is_named(write: Write, name: str, value: str) -> None:
    assert code_of(write, **{name: value}) == f"{name}Illegal"


@EACH
@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("PayloadLength", "many", "PayloadLengthIllegal"),
        ("PayloadLength", "-1", "PayloadLengthIllegal"),
        ("PayloadLength", "1", "PayloadLengthIllegal"),
        ("PayloadLength", "9" * 13, "PayloadLengthIllegal"),
        ("CheckSum", "abc", "CheckSumIllegal"),
        ("CheckSum", "z" * 40, "CheckSumIllegal"),
        ("CheckSum", "0" * 40, "ChecksumMismatched"),
    ],
)
@pytest.mark.parametrize("asked", ["submit", "acknowledge"])
def test_length_and_checksum_are_those_of_the_payload(
    write: Write, asked: str, name: str, value: str, code: str
) -> None:
    assert code_of(write, asked, **{name: value}) == code


@EACH
def test_an_acknowledgement_may_come_without_length_and_checksum(write: Write) -> None:
    found = checked(write, "acknowledge", PayloadLength=None, CheckSum=None)
    assert (found.length, found.check_sum) == (None, None)


@BOTH
@pytest.mark.parametrize("version", ["2.0.0", "2.2", "4.0.0", "2.2.0 "[:4]])
def test_another_version_is_a_mismatch_whatever_else_is_wrong(write: Write, version: str) -> None:
    assert code_of(write, CORERuleVersion=version, PayloadType="?") == "VersionMismatch"


@BOTH
@pytest.mark.parametrize("kind", ["X12_834_Request_005010X220A1", "X12_820_Request_005010X218A1"])
def test_what_the_rule_knows_and_we_do_not_do_is_not_supported(write: Write, kind: str) -> None:
    assert code_of(write, PayloadType=kind) == "NotSupported"


@pytest.mark.parametrize("asked", ASKED)
def test_a_form_says_by_type_and_mode_what_it_asks(asked: str) -> None:
    other = "Batch" if asked == "real_time" else "RealTime"
    if asked in ("real_time", "submit"):
        more = {"PayloadLength": len(enveloping.REAL_TIME_270), "CheckSum": "0" * 40}
        turned = checked(as_form, asked, ProcessingMode=other, **more)
        assert turned.operation is ASKED["submit" if asked == "real_time" else "real_time"]
    else:
        assert code_of(as_form, asked, ProcessingMode=other) == "ProcessingModeIllegal"


@pytest.mark.parametrize("asked", ASKED)
def test_a_soap_message_names_what_it_asks_and_the_rest_must_agree(asked: str) -> None:
    other = "Batch" if asked == "real_time" else "RealTime"
    assert code_of(as_soap, asked, ProcessingMode=other) == "ProcessingModeIllegal"
    wrong = "fetch_271" if asked == "submit" else "submit"
    if enveloping.TYPES[wrong] != enveloping.TYPES[asked]:
        assert code_of(as_soap, asked, PayloadType=enveloping.TYPES[wrong]) == "PayloadTypeIllegal"


@pytest.mark.parametrize(
    "stamp",
    ["2026-03-12T17:00:00", "2026-03-12T17:00:00.123Z", "2026-03-12T09:00:00-08:00", "2012-11-19T15:58:13Z"],
)
def test_times_as_clients_write_them_are_read(stamp: str) -> None:
    assert checked(as_soap, TimeStamp=stamp).payload_type


def test_a_payload_id_is_one_whatever_its_case() -> None:
    assert checked(as_form, PayloadID=enveloping.PAYLOAD_ID.upper()).payload_id == enveloping.PAYLOAD_ID


def test_nothing_of_a_request_shows_in_what_a_programmer_prints() -> None:
    body, content_type = enveloping.form(enveloping.fields())
    message = envelopes.read(content_type, body)
    printed = repr(message) + repr(fields.check(message))
    assert "AAAA" not in printed
    assert "ISA" not in printed
