"""The bytes of a request, bounded in number and in time, held in memory and nowhere else.

Django's own ways to a body (`request.body`, `request.POST`) spool to disk, know one size for all of the
portal, and wait for ever.
"""

import io
import time
from collections.abc import Callable
from typing import Any

from portico.edges.x12.connectivity.deadlines import DEADLINES
from portico.edges.x12.connectivity.refusals import Refused

BLOCK = 64 * 1024
_Environment = dict[str, Any]


def read(environ: _Environment, *, most: int, seconds: float) -> bytes:
    """The whole body of the request behind a WSGI environment.

    Raises Refused: 413 for more than `most` bytes, 408 for one that is not there in time, 400 for one that
    ends too soon or says its length wrongly, 411 where its end could not be told.
    """
    length = _length(environ, most)
    give_up = time.monotonic() + seconds
    with DEADLINES.within(seconds, environ.get("gunicorn.socket")):
        body = _take(environ["wsgi.input"].read, most if length is None else length, give_up)
        if length is None and _block(environ["wsgi.input"].read, 1, give_up):
            raise _too_large(most)
    if length is not None and len(body) < length:
        raise _too_slow() if time.monotonic() >= give_up else _cut_short()
    return body


def _length(environ: _Environment, most: int) -> int | None:
    """The length the request gives; None where it comes in chunks that end by themselves."""
    given = str(environ.get("CONTENT_LENGTH") or "")
    if not given:
        if environ.get("HTTP_TRANSFER_ENCODING") and environ.get("wsgi.input_terminated"):
            return None
        raise Refused(411, "Send a Content-Length.")
    if not (given.isascii() and given.isdecimal()):
        raise Refused(400, "Content-Length is no number.")
    if len(given) > len(str(most)) or int(given) > most:
        raise _too_large(most)
    return int(given)


def _take(read: Callable[[int], bytes], wanted: int, give_up: float) -> bytes:
    taken = io.BytesIO()
    while taken.tell() < wanted:
        block = _block(read, min(BLOCK, wanted - taken.tell()), give_up)
        if time.monotonic() >= give_up:
            raise _too_slow()
        if not block:
            break
        taken.write(block)
    return taken.getvalue()


def _block(read: Callable[[int], bytes], size: int, give_up: float) -> bytes:
    """Whatever the server raises for a broken body is the sender's fault; a shut socket breaks it, too."""
    try:
        return read(size)
    except Exception as error:
        is_late = isinstance(error, TimeoutError) or time.monotonic() >= give_up
        raise (_too_slow() if is_late else _cut_short()) from None


def _too_large(most: int) -> Refused:
    return Refused(413, f"The body is larger than {most} bytes. Send the batch in several parts.")


def _too_slow() -> Refused:
    return Refused(408, "The body did not arrive in time. Send it again.")


def _cut_short() -> Refused:
    return Refused(400, "The body ended before all of it had arrived. Send it again.")
