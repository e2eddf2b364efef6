"""Messages made to hurt: the right refusal, in little time and little memory."""

import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.edges.x12.connectivity import envelopes, fields
from portico.edges.x12.connectivity.fields import EnvelopeError
from portico.edges.x12.connectivity.refusals import Fault, Refused
from portico.edges.x12.tests import enveloping

MEBIBYTE = 1 << 20
EMPTY = f'<core:COREEnvelopeRealTimeRequest xmlns:core="{enveloping.RULE}"/>'
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
SOAP = "application/soap+xml; charset=utf-8"


def with_dtd(dtd: str, text: str = "&x;") -> bytes:
    body = enveloping.message(
        EMPTY.replace("/>", f"><Payload>{text}</Payload></core:COREEnvelopeRealTimeRequest>")
    )
    return f"<!DOCTYPE x [{dtd}]>".encode() + body


HOSTILE = {
    "external entity": with_dtd(f'<!ENTITY x SYSTEM "{enveloping.A_FILE}">'),
    "external entity over http": with_dtd('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "parameter entity": with_dtd(f'<!ENTITY % p SYSTEM "{enveloping.A_FILE}"> %p;', ""),
    "entity bomb": with_dtd('<!ENTITY e0 "lol">' + BOMB, "&e9;"),
    "one long entity": with_dtd(f'<!ENTITY x "{"a" * 100_000}">', "&x;" * 10_000),
    "document type alone": b"<!DOCTYPE x>" + enveloping.message(EMPTY),
    "external document type": b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">' + enveloping.message(EMPTY),
    "deep": enveloping.message("<a>" * 200_000 + "</a>" * 200_000),
    "wide": enveloping.message("<a/>" * 500_000),
    "many attributes": enveloping.message("<a " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
    "many namespaces": enveloping.message(
        "<a " + " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(50_000)) + "/>"
    ),
    "attributes behind a bracket": enveloping.message(
        "<a x='>' " + " ".join(f'a{n}="1"' for n in range(500_000)) + "/>"
    ),
    "a long attribute": enveloping.message(f"<a x='{'a' * 5_000_000}'/>"),
    "a long comment": enveloping.message(f"<!--{'a' * 5_000_000}-->"),
    "many comments": enveloping.message("<!---->" * 500_000),
    "many instructions": enveloping.message("<?a?>" * 500_000),
    "never closed": enveloping.message("<a>" * 1_000)[:-200],
    "a long name": enveloping.message(f"<{'a' * 5_000_000}/>"),
    "a NUL": enveloping.message("a\0b"),
}


def measured(content_type: str, body: bytes) -> tuple[Refused, float, int]:
    """The refusal, and the seconds and the bytes it took."""
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(Refused) as refused:
        envelopes.read(content_type, body)
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return refused.value, seconds, peak


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_xml_is_a_fault_soon_and_small(name: str) -> None:
    refused, seconds, peak = measured(SOAP, HOSTILE[name])
    assert isinstance(refused, Fault)
    assert "hostname" not in refused.words
    assert seconds < 2
    assert peak < 64 * MEBIBYTE


def test_a_declaration_of_great_length_costs_no_time() -> None:
    body = b'<?xml version="1.0" ' + b" " * 5_000_000 + b'encoding="ibm037"?>' + enveloping.message("")
    _, seconds, _ = measured(SOAP.replace("; charset=utf-8", ""), body)
    assert seconds < 2


@pytest.mark.parametrize(
    "body",
    [
        b"--x" * 5_000_000,
        b"\r\n--c5a1b7e0" * 1_000_000,
        enveloping.part("SenderID", "x") * 100_000,
        enveloping.part("SenderID", "x", *(f"X-{n}: y" for n in range(100_000))),
        enveloping.part("SenderID", "x", "X-Long: " + "y" * 5_000_000),
        enveloping.part("x" * 5_000_000, "x"),
    ],
    ids=["no boundary", "only boundaries", "many parts", "many headers", "a long header", "a long name"],
)
def test_a_hostile_form_is_refused_soon_and_small(body: bytes) -> None:
    refused, seconds, peak = measured(f"multipart/form-data; boundary={enveloping.BOUNDARY}", body + b"\r\n")
    assert refused.status == 400
    assert seconds < 2
    assert peak < 64 * MEBIBYTE


def test_a_megabyte_of_boundary_is_refused() -> None:
    refused, seconds, _ = measured(f"multipart/form-data; boundary={'x' * MEBIBYTE}", b"x")
    assert (refused.status, seconds < 2) == (400, True)


def test_a_large_batch_takes_a_few_times_its_size() -> None:
    payload = b"x" * 16 * MEBIBYTE
    for body, content_type in (
        enveloping.form(enveloping.fields("submit", payload)),
        enveloping.mtom(enveloping.fields("submit", payload)),
        enveloping.soap(enveloping.fields("submit", payload), "submit"),
    ):
        tracemalloc.start()
        began = time.perf_counter()
        assert envelopes.read(content_type, body).payload == payload
        seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert seconds < 2
        assert peak < 128 * MEBIBYTE


@pytest.mark.parametrize("blank", [b" ", b"\n", b"\r\n\t"], ids=["spaces", "line ends", "all kinds"])
def test_base64_in_very_short_pieces_takes_no_more(blank: bytes) -> None:
    pieces = (b"QU" + blank) * 2_000_000
    form = enveloping.part("Payload", pieces, "Content-Transfer-Encoding: base64") + enveloping.CLOSING
    soap, _ = enveloping.soap(enveloping.fields("submit", b"x"), "submit", payload=pieces.decode())
    for content_type, body in ((f"multipart/form-data; boundary={enveloping.BOUNDARY}", form), (SOAP, soap)):
        tracemalloc.start()
        payload = envelopes.read(content_type, body).payload
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(payload or b"") == 3_000_000
        assert peak < 5 * len(body)


def test_text_in_many_pieces_is_read_whole() -> None:
    payload = f"ISA*&lt;{'<![CDATA[<]]>' * 10_000}{'&#65;' * 10_000}<!-- between --><?and after?>~"
    body, content_type = enveloping.soap(enveloping.fields("real_time", b"x"), payload=payload)
    read = envelopes.read(content_type, body).payload
    assert read == b"ISA*<" + b"<" * 10_000 + b"A" * 10_000 + b"~"


RIGHT = (
    enveloping.form(enveloping.fields()),
    enveloping.soap(enveloping.fields()),
    enveloping.mtom(enveloping.fields("submit")),
)


def survives(content_type: str, body: bytes) -> None:
    """It is read, or refused in one of the ways there are."""
    with suppress(Refused, EnvelopeError):
        fields.check_payload(fields.check(envelopes.read(content_type, body)))


@given(st.sampled_from(RIGHT), st.data())
def test_whatever_becomes_of_an_envelope_it_is_read_or_refused(
    right: tuple[bytes, str], data: st.DataObject
) -> None:
    body, content_type = right
    at = data.draw(st.integers(0, len(body)))
    length = data.draw(st.integers(0, 40))
    piece = data.draw(
        st.binary(max_size=40) | st.sampled_from([b"--c5a1b7e0", b"\r\n", b"<", b"&#0;", b"\0", b'"'])
    )
    survives(content_type, body[:at] + piece + body[at + length :])


@given(st.text(max_size=120), st.binary(max_size=200))
def test_whatever_is_posted_is_read_or_refused(content_type: str, body: bytes) -> None:
    survives(content_type, body)
    for media_type in ("multipart/form-data", "application/soap+xml", "multipart/related"):
        survives(f"{media_type}; {content_type}", body)
