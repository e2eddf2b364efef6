"""Partners and a portal in trouble: killed in the middle, bodies without end, more at once than has room."""

import http.client
import re
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from django.apps import apps

from portico.edges.x12.tests import enveloping
from tests.drills import serving
from tests.drills.processes import portico, wait_until
from tests.support import world as worlds
from tests.x12 import connecting
from tests.x12.connecting import Partner

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "portico.config.settings"
QUESTIONS = 120


@pytest.fixture
def lakeside() -> Partner:
    """The practice software of Lakeside."""
    worlds.build()
    connecting.name_the_plan()
    return connecting.a_partner()


def settled() -> int:
    return apps.get_model("members", "BatchRow").objects.exclude(outcome="waiting").count()


def files() -> Counter[str]:
    return Counter(apps.get_model("exchange", "Payload").objects.values_list("kind", flat=True))


def test_a_batch_whose_worker_is_killed_again_and_again_is_whole(lakeside: Partner) -> None:
    patients = [
        connecting.zephyrine(trace=f"T{number}", number=f"NLQX{number}") for number in range(2, QUESTIONS)
    ]
    lakeside.post("submit", connecting.a_270(connecting.zephyrine(trace="T1B"), *patients))
    for at_least in (0, 1, QUESTIONS // 3, QUESTIONS * 2 // 3):
        with portico("worker", "--lease-seconds", "2", settings=SETTINGS) as worker:
            wait_until(lambda least=at_least: settled() >= least, f"{at_least} are asked")  # type: ignore[misc]
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    with portico("worker", "--lease-seconds", "2", settings=SETTINGS):
        wait_until(lambda: files()["results"] == 1, "the results are there")
    assert files() == Counter(received=1, acknowledgement=1, results=1)
    results = lakeside.post("fetch_271")["Payload"]
    traces = [segment[2] for segment in connecting.segments(results, "TRN") if segment[1] == "2"]
    assert Counter(traces) == Counter(["T1", "T1B", *(f"T{number}" for number in range(2, QUESTIONS))])
    ours = {segment[2] for segment in connecting.segments(results, "TRN") if segment[1] == "1"}
    asked = [
        use.reference for use in worlds.uses(function="eligibility", door="x12") if use.reference in ours
    ]
    assert len(asked) == len(set(asked)) == QUESTIONS - 1  # the second question is the first one's
    assert len(connecting.exchanges(operation="batch_results")) == 1


def test_a_submission_is_there_once_it_was_confirmed(lakeside: Partner) -> None:
    """The server is killed while partners submit: whatever got its receipt is there, once."""
    confirmed: list[str] = []
    stop = threading.Event()

    def submit(port: int, sender: int) -> None:
        for number in range(10_000):
            payload_id = f"00000000-0000-4000-8{sender:03d}-{number:012d}"
            body, kind = enveloping.form(lakeside.fields("submit", connecting.a_270(), PayloadID=payload_id))
            try:
                if stop.is_set() or b"X12_BatchReceiptConfirmation" not in posted(port, body, kind)[1]:
                    return
            except (OSError, http.client.HTTPException):
                return
            confirmed.append(payload_id)

    with serving.web() as (port, server):
        senders = [threading.Thread(target=submit, args=(port, each)) for each in range(3)]
        for sender in senders:
            sender.start()
        wait_until(lambda: len(confirmed) >= 20, "some were confirmed")
        server.kill()
        stop.set()
        for sender in senders:
            sender.join()
    kept = apps.get_model("exchange", "Submission").objects
    assert set(confirmed) <= set(kept.values_list("payload_id", flat=True))
    assert (
        kept.count() == kept.values("payload_id").distinct().count() == kept.values("job").distinct().count()
    )
    assert files() == Counter(received=kept.count())


def posted(port: int, body: bytes, content_type: str, **headers: str) -> tuple[int, bytes, float]:
    """Status and body of the answer, and the seconds it took."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    began = time.monotonic()
    try:
        connection.request("POST", connecting.url(), body, {"Content-Type": content_type, **headers})
        response = connection.getresponse()
        return response.status, response.read(), time.monotonic() - began
    finally:
        connection.close()


def test_a_body_in_chunks_is_read(lakeside: Partner) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    with serving.web() as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        pieces = (body[at : at + 100] for at in range(0, len(body), 100))
        connection.request(
            "POST", connecting.url(), pieces, {"Content-Type": content_type}, encode_chunked=True
        )
        response = connection.getresponse()
        assert (response.status, b"EB*1*" in response.read()) == (200, True)
        connection.close()


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("drips", [False, True])
def test_a_body_that_never_ends_is_given_up_and_others_are_served_meanwhile(
    lakeside: Partner, drips: bool, chunked: bool
) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    how = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body) * 100}"
    head = f"POST {connecting.url()} HTTP/1.1\r\nHost: x\r\nContent-Type: {content_type}\r\n{how}\r\n\r\n"
    with serving.web(PORTICO_HOSTS="127.0.0.1,x", PORTICO_X12_BODY_SECONDS="2") as (port, _):
        posted(port, body, content_type)  # the first is slow: everything is read in
        with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
            slow.sendall(head.encode() + (b"100000\r\n" if chunked else b"") + body[:10])
            began = time.monotonic()
            dripping = threading.Thread(target=drip, args=(slow,)) if drips else None
            if dripping:
                dripping.start()
            status, _, seconds = posted(port, body, content_type)
            assert (status, seconds < 2) == (200, True)
            answer = slow.recv(4096)
            took = time.monotonic() - began
        if dripping:
            dripping.join()
    assert re.match(rb"HTTP/1.1 408 ", answer)
    assert 1.5 < took < 6


def drip(connection: socket.socket) -> None:
    """A byte every tenth of a second, as long as anybody takes it."""
    try:
        while True:
            connection.send(b"x")
            time.sleep(0.1)
    except OSError:
        pass


def test_whoever_comes_beyond_is_sent_away_within_a_third_of_a_second(lakeside: Partner) -> None:
    body, content_type = enveloping.form(lakeside.fields("real_time", connecting.a_270()))
    head = f"POST {connecting.url()} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
    with serving.web(PORTICO_X12_AT_ONCE="2", PORTICO_X12_BODY_SECONDS="5") as (port, _):
        posted(port, body, content_type)  # the first is slow: everything is read in
        with held(port, head, 2):
            time.sleep(0.3)
            answers = [posted(port, body, content_type) for _ in range(5)]
            page = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            page.request("GET", "/health/")
            assert page.getresponse().status == 200
            page.close()
    assert [status for status, _, _ in answers] == [503] * 5
    assert max(seconds for _, _, seconds in answers) < 0.3


@contextmanager
def held(port: int, head: str, count: int) -> Iterator[None]:
    """So many connections that say they send, and do not."""
    with ExitStack() as opened:
        for _ in range(count):
            connection = opened.enter_context(socket.create_connection(("127.0.0.1", port)))
            connection.sendall(f"{head}Content-Length: 1000\r\n\r\n".encode())
        yield


def test_a_large_body_is_refused_while_it_is_sent(lakeside: Partner) -> None:
    del lakeside
    body = b"x" * 40 * (1 << 20)
    with serving.web(PORTICO_X12_BATCH_MEGABYTES="1") as (port, _):
        began = time.monotonic()
        try:
            status = posted(port, body, "multipart/form-data; boundary=x")[0]
        except (OSError, http.client.HTTPException):
            status = 413  # the server hung up on the rest of it
        assert (status, time.monotonic() - began < 5) == (413, True)
