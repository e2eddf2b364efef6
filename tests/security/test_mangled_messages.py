"""Messages of partners, mangled at random: each is read, answered or refused, and nothing of it breaks us.

What goes back is read again by our own reader, which must find no fault in it: no value that was sent has
become a segment, an element or a count of ours.
"""

import io
import json
import random
from contextlib import suppress
from uuid import UUID

import pytest

from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.members.batches import (
    BatchView,
    CannotRead,
    NewRow,
    Outcome,
    RowView,
    Stage,
    TooManyRows,
)
from portico.domains.permits.actors import Actor
from portico.edges.x12 import acknowledgements, exchange, judging
from portico.edges.x12.acknowledgements import Mode
from portico.edges.x12.connectivity import envelopes as connecting
from portico.edges.x12.connectivity import fields
from portico.edges.x12.connectivity.fields import EnvelopeError
from portico.edges.x12.connectivity.refusals import Refused
from portico.edges.x12.eligibility import batch_files
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.tests import enveloping, inquiries
from portico.shared.x12 import envelopes
from tests.security import mangling
from tests.support.actors import NOW, TODAY
from tests.x12 import partners

ROUNDS = [300, pytest.param(20_000, marks=pytest.mark.drill)]
GOOD = inquiries.interchange(
    inquiries.group(
        inquiries.transaction(
            inquiries.ASKER.replace("XX*2000000009", f"FI*{partners.OURS}") + inquiries.SUBSCRIBER
        ),
        inquiries.transaction(inquiries.ASKER + inquiries.WITH_DEPENDENT, "0002"),
    )
)
FAMILY = partners.interchange(partners.a_270((partners.patient("REF*SY*900123456"), partners.dependent())))
FILES = [[segment.split("*") for segment in file.split("~")[:-1]] for file in (GOOD, FAMILY.decode())]
ENVELOPES = (
    enveloping.form(enveloping.fields()),
    enveloping.form(enveloping.fields("submit", FAMILY)),
    enveloping.soap(enveloping.fields("real_time", FAMILY)),
    enveloping.soap(enveloping.fields("submit", FAMILY), "submit"),
    enveloping.mtom(enveloping.fields("submit", FAMILY)),
)
PIECES = (
    *(
        b"--c5a1b7e0",
        b"\r\n--c5a1b7e0--",
        b"Content-Transfer-Encoding: base64\r\n",
        b"name*=utf-8''Payload",
        b"\n\n",
    ),
    *(
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"-->",
        b"<?x?>",
        b"&#1;",
        b"&lt;",
        b"<!DOCTYPE a>",
        b"</soap:Body>",
        b' xmlns="a"',
    ),
    *(b'<xop:Include href="cid:root@client"/>', b"cid:", b"charset=utf-16", b"boundary=", *mangling.BYTES),
)
VIEW = BatchView(
    UUID(int=1), "", "x12", "", True, False, Stage.DONE, 1, {}, NOW, NOW, NOW, NOW
)  # fmt: skip


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_mangled_file_is_judged_and_acknowledged(rounds: int) -> None:
    for seed in range(rounds):
        review = judging.judge(_file(seed), guides=(GUIDE_270,))
        for told in review.interchanges:
            for mode in Mode:
                file = io.BytesIO()
                if acknowledgements.write(file, told, mode, at=NOW, control_number=1):
                    _is_sound(file.getvalue(), seed)


@pytest.mark.django_db
@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_mangled_file_is_a_batch_or_is_none(rounds: int) -> None:
    partners.a_world()
    actor = partners.partner()
    for seed in range(rounds):
        with suppress(CannotRead, TooManyRows):
            read = batch_files.read(_file(seed), actor=actor, tax_id=partners.OURS, as_of=TODAY)
            rows = [_row(row, seed) for row in read.rows]
            file = io.BytesIO()
            batch_files.write_into(file, VIEW, rows, frame=read.frame, control_number=1, at=NOW)
            _is_sound(file.getvalue(), seed)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rounds", [100, pytest.param(5_000, marks=pytest.mark.drill)])
def test_a_mangled_question_is_answered_or_refused(rounds: int, caplog: pytest.LogCaptureFixture) -> None:
    partners.a_world()
    actor = partners.partner()
    for seed in range(rounds):
        _answer(actor, seed)
        assert not caplog.records, seed


@pytest.mark.parametrize("rounds", ROUNDS)
def test_a_mangled_envelope_is_read_or_refused(rounds: int) -> None:
    for seed in range(rounds):
        chance = random.Random(seed)
        body, content_type = chance.choice(ENVELOPES)
        if chance.random() < 0.2:
            content_type = mangling.bytes_of(content_type.encode(), chance, PIECES).decode("latin-1")
        with suppress(Refused, EnvelopeError):
            message = connecting.read(content_type, mangling.bytes_of(body, chance, PIECES))
            fields.check_payload(fields.check(message))


def _file(seed: int) -> bytes:
    chance = random.Random(seed)
    return mangling.file(chance.choice(FILES), chance)


def _answer(actor: Actor, seed: int) -> None:
    with suppress(exchange.Unreadable):
        _is_sound(exchange.answer(_file(seed), actor=actor, now=NOW).write(7), seed)


def _row(row: NewRow, seed: int) -> RowView:
    """The row as it is read back, with an answer that gives back all that was sent."""
    return RowView(
        position=row.position,
        locator=row.locator,
        outcome=Outcome.NOT_ANSWERED,
        problem=row.problem,
        reason="",
        reference="REF",
        asked_at=NOW,
        inquiry=row.inquiry,
        echo=json.loads(json.dumps(row.echo)),
        answer=NotAnswered(
            list(NoAnswer)[seed % len(NoAnswer)], reference="REF", of_dependent=bool(seed % 2)
        ),
    )


def _is_sound(content: bytes, seed: int) -> None:
    """Our own reader finds no fault, and no segment stands in it that we do not write."""
    names = {
        segment[0]
        for interchange in envelopes.read(content)
        for transaction in interchange.transactions()
        for _, segment in transaction.segments()
    }
    assert "INJ" not in names, seed
