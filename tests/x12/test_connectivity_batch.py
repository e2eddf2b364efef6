"""A batch from its submission to the receipt of its results, in every envelope, for its own partner alone."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access.granting import NewGrant
from portico.domains.exchange import housekeeping
from portico.domains.permits import actors
from portico.domains.permits.functions import Function
from portico.edges.x12.forgetting import ForgetExchanges
from tests.support import cast, patients, systems
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.x12 import connecting, partners
from tests.x12.connecting import ENVELOPES, MIME, SOAP, Partner

pytestmark = pytest.mark.django_db
EACH = pytest.mark.parametrize("envelope", ENVELOPES)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
ZEPHYRINE, NOBODY = connecting.zephyrine(), connecting.zephyrine(number="NLQX0000", trace="T2")


def a_batch(*more: list[str]) -> bytes:
    """A batch of one question and `more`."""
    return connecting.a_270(*more)


def submitted(partner: Partner, payload: bytes | None = None, envelope: str = MIME, **changes: Any) -> Any:
    return partner.post("submit", payload or a_batch(NOBODY), envelope, **changes)


def rows(name: str, **wanted: Any) -> list[Any]:
    return list(apps.get_model("exchange", name).objects.filter(**wanted).order_by("pk"))


@EACH
def test_a_batch_goes_all_its_way(lakeside: Partner, envelope: str) -> None:
    receipt = submitted(lakeside, envelope=envelope)
    assert (receipt["ErrorCode"], receipt["PayloadType"]) == ("Success", "X12_BatchReceiptConfirmation")
    waiting = lakeside.post("fetch_999", envelope=envelope)
    assert (waiting["ErrorCode"], waiting["PayloadType"]) == ("Success", "X12_005010_Response_NoBatchAckFile")
    connecting.work()

    acknowledgement = lakeside.post("fetch_999", envelope=envelope)
    assert acknowledgement["PayloadType"] == "X12_999_Response_005010X231A1"
    assert connecting.segments(acknowledgement["Payload"], "AK9") == [["AK9", "A", "1", "1", "1"]]
    results = lakeside.post("fetch_271", envelope=envelope)
    assert results["PayloadType"] == "X12_271_Response_005010X279A1"
    found = results["Payload"]
    assert [segment[2] for segment in connecting.segments(found, "TRN") if segment[1] == "2"] == ["T1", "T2"]
    assert connecting.segments(found, "EB")
    assert connecting.segments(found, "AAA")
    thanks = lakeside.post("acknowledge", acknowledgement["Payload"], envelope)
    assert (thanks["ErrorCode"], thanks["PayloadType"]) == ("Success", "X12_Response_ConfirmReceiptReceived")
    (kept,) = rows("Submission")
    assert None not in (kept.acknowledged_at, kept.answered_at, kept.fetched_at, kept.results_acknowledged_at)


def test_the_log_tells_the_whole_way_with_both_sides_numbers(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    lakeside.post("fetch_999")
    lakeside.post("fetch_271")
    told = [(row.operation, row.result, row.acknowledgement) for row in connecting.exchanges()]
    assert told == [
        ("batch_submit", "accepted", "999"),
        ("batch_results", "answered", ""),
        ("ack_retrieval", "answered", ""),
        ("results_retrieval", "answered", ""),
    ]
    submit, made, *_ = connecting.exchanges()
    assert (submit.interchange, submit.our_interchange) == ("000000907", f"{submit.pk:09d}")
    assert (made.our_interchange, made.request_count) == (f"{made.pk:09d}", 2)
    assert made.payload_id == submit.payload_id == lakeside.fields()["PayloadID"]
    assert made.bytes_sent == connecting.exchanges()[3].bytes_sent > 0
    (told_set,) = rows("ExchangedSet", exchange=submit)
    assert (told_set.group, told_set.number, told_set.accepted) == ("1", "0001", True)
    assert (told_set.our_group, told_set.our_number) == ("1", "0001")


def test_each_file_goes_out_under_the_number_the_log_has(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    submit, made = connecting.exchanges()
    for asked, row in (("fetch_999", submit), ("fetch_271", made)):
        payload = lakeside.post(asked)["Payload"]
        ((*_, number),) = connecting.segments(payload, "IEA")
        assert number == row.our_interchange


def test_the_same_again_is_the_same_submission(lakeside: Partner) -> None:
    first, second = submitted(lakeside), submitted(lakeside, envelope=SOAP)
    assert first["PayloadID"] == second["PayloadID"]
    connecting.work()
    assert submitted(lakeside)["PayloadID"] == first["PayloadID"]
    assert len(rows("Submission")) == len(rows("Exchange", operation="batch_results")) == 1
    assert len(rows("Exchange", operation="batch_submit")) == 3
    asked = worlds.uses(function="eligibility", machine_id__isnull=False, conclusion="active")
    assert len(asked) == 1


def test_another_content_under_the_same_id_is_refused(lakeside: Partner) -> None:
    submitted(lakeside)
    found = submitted(lakeside, a_batch())
    assert (found["ErrorCode"], found["PayloadType"]) == ("PayloadIDIllegal", "CoreEnvelopeError")
    assert len(rows("Submission")) == 1
    assert [row.result for row in connecting.exchanges()] == ["accepted", "refused"]


def test_another_id_is_another_submission(lakeside: Partner) -> None:
    submitted(lakeside)
    submitted(lakeside, PayloadID=str(uuid.uuid4()))
    assert len(rows("Submission")) == 2


@pytest.mark.parametrize("asked", ["fetch_999", "fetch_271"])
def test_what_is_waiting_is_known_by_our_name_for_it_too(lakeside: Partner, asked: str) -> None:
    receipt = submitted(lakeside)
    connecting.work()
    ours, theirs = lakeside.post(asked, PayloadID=receipt["PayloadID"]), lakeside.post(asked)
    assert ours["Payload"] == theirs["Payload"]
    assert ours["PayloadID"] == theirs["PayloadID"] == receipt["PayloadID"]


@EACH
@pytest.mark.parametrize("asked", ["fetch_999", "fetch_271", "acknowledge"])
def test_anothers_batch_is_as_unknown_as_none(
    lakeside: Partner, hillcrest: Partner, asked: str, envelope: str
) -> None:
    receipt = submitted(lakeside)
    connecting.work()
    payload = a_batch() if asked == "acknowledge" else None
    answers = [
        hillcrest.post(asked, payload, envelope, PayloadID=name)
        for name in (lakeside.fields()["PayloadID"], receipt["PayloadID"], UNKNOWN)
    ]
    for answer in answers:
        del answer["PayloadID"]
        assert answer["ErrorCode"] == "PayloadIDIllegal"
        assert "Payload" not in answer
    assert answers[0] == answers[1] == answers[2]
    (kept,) = rows("Submission")
    assert kept.fetched_at is None
    assert kept.results_acknowledged_at is None


def test_two_partners_may_use_the_same_payload_id(lakeside: Partner, hillcrest: Partner) -> None:
    submitted(lakeside, a_batch())
    submitted(hillcrest, a_batch())
    connecting.work()
    own, foreign = (each.post("fetch_271")["Payload"] for each in (lakeside, hillcrest))
    assert connecting.segments(own, "EB")
    assert not connecting.segments(foreign, "EB")


@pytest.mark.parametrize(("asked", "twice"), [("fetch_999", 2), ("fetch_271", 3)])
def test_a_file_may_be_fetched_again(lakeside: Partner, asked: str, twice: int) -> None:
    submitted(lakeside)
    connecting.work()
    assert len({lakeside.post(asked)["Payload"] for _ in range(twice)}) == 1


def test_a_batch_that_is_rejected_has_no_results(lakeside: Partner) -> None:
    submitted(lakeside, a_batch().replace(b"*00501*", b"*00401*"))
    connecting.work()
    found = lakeside.post("fetch_999")
    assert found["PayloadType"] == "X12_TA1_Response_00501X231A1"
    assert connecting.segments(found["Payload"], "TA1")[0][4] == "R"
    assert lakeside.post("fetch_271")["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    assert connecting.exchanges()[0].result == "rejected"
    assert rows("Exchange", operation="batch_results") == []


def test_a_bad_set_does_not_hold_up_the_good_ones(lakeside: Partner) -> None:
    bad = [
        segment.replace("BHT*0022*13", "BHT*0022*99") for segment in connecting.of_zephyrine(number="0002")
    ]
    submitted(lakeside, partners.interchange(connecting.of_zephyrine(), bad))
    connecting.work()
    assert connecting.segments(lakeside.post("fetch_999")["Payload"], "AK9") == [["AK9", "P", "2", "2", "1"]]
    assert len(connecting.segments(lakeside.post("fetch_271")["Payload"], "ST")) == 1
    assert [row.accepted for row in rows("ExchangedSet")] == [True, False]


def test_every_interchange_of_a_file_is_acknowledged_under_a_number_of_its_own(lakeside: Partner) -> None:
    second = a_batch().replace(b"000000907", b"000000908")
    submitted(lakeside, a_batch() + second)
    connecting.work()
    acknowledged = lakeside.post("fetch_999")["Payload"]
    numbers = [segment[2] for segment in connecting.segments(acknowledged, "IEA")]
    noted = rows("Exchange", operation="batch_submit")
    assert [(row.interchange, row.our_interchange) for row in noted] == [
        ("000000907", numbers[0]),
        ("000000908", numbers[1]),
    ]
    assert len(set(numbers)) == 2
    assert len(connecting.segments(lakeside.post("fetch_271")["Payload"], "IEA")) == 1


def test_more_questions_than_a_batch_may_hold_are_rejected(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.domains.members.batches.MOST_ROWS_OF_A_MACHINE", 1)
    submitted(lakeside)
    connecting.work()
    (told,) = connecting.segments(lakeside.post("fetch_999")["Payload"], "TA1")
    assert told[4:] == ["R", "024"]
    assert apps.get_model("members", "Batch").objects.count() == 0


def test_more_interchanges_than_a_file_may_hold_are_rejected_at_once(
    lakeside: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.edges.x12.batch_working.MOST_INTERCHANGES", 2)
    one = a_batch()
    submitted(lakeside, b"".join(one.replace(b"000000907", b"%09d" % number) for number in range(3)))
    connecting.work()
    (told,) = connecting.segments(lakeside.post("fetch_999")["Payload"], "TA1")
    assert told[1:2] + told[4:] == ["000000000", "R", "024"]
    assert apps.get_model("members", "Batch").objects.count() == 0
    assert len(connecting.exchanges(operation="batch_submit")) == 1


def test_a_partner_has_so_many_batches_waiting_and_no_more(
    lakeside: Partner, hillcrest: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.domains.exchange.submissions.MOST_WAITING", 2)
    names = [str(uuid.UUID(int=number)) for number in range(3)]
    for name in names[:2]:
        submitted(lakeside, PayloadID=name)
    beyond = lakeside.fields("submit", a_batch(), PayloadID=names[2])
    assert lakeside.send(*connecting.write(beyond, "submit", MIME)).status_code == 503
    assert submitted(lakeside, PayloadID=names[0])["ErrorCode"] == "Success"  # the same again is no other
    assert submitted(hillcrest)["ErrorCode"] == "Success"
    assert [row.error_code for row in connecting.exchanges(result="refused")] == ["Http503"]
    connecting.work()
    assert submitted(lakeside, PayloadID=names[2])["ErrorCode"] == "Success"


@pytest.mark.parametrize("payload", [b"hello", b"270", b"\x1f\x8b\x08"])
def test_what_is_no_interchange_is_refused_at_once(lakeside: Partner, payload: bytes) -> None:
    assert submitted(lakeside, payload)["ErrorCode"] == "PayloadIllegal"
    assert rows("Submission") == []


def test_a_batch_beyond_the_limit_is_refused(lakeside: Partner, settings: Any) -> None:
    settings.X12_BATCH_BYTES = 100
    assert submitted(lakeside)["ErrorCode"] == "PayloadIllegal"


def test_files_are_kept_sealed(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    kept = rows("Payload")
    assert [file.kind for file in kept] == ["received", "acknowledgement", "results"]
    for file in kept:
        assert not [canary for canary in (b"ISA", b"NLQX", b"QUILL") if canary in bytes(file.sealed)]


def test_a_revoked_partner_fetches_nothing(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    connecting.revoke(lakeside)
    assert lakeside.post("fetch_271")["ErrorCode"] == "UnAuthorized"


@pytest.mark.parametrize(
    "left",
    [
        (systems.a_grant(Function.ELIGIBILITY, cast.SECOND), systems.a_grant(Function.BENEFITS, cast.OWN)),
        (systems.a_grant(lines=(cast.PPO,)), systems.a_grant(Function.BENEFITS)),
        (systems.a_grant(),),
    ],
    ids=["the tax ID", "the line", "the amounts"],
)
def test_results_that_show_what_was_taken_away_since_are_given_no_more(
    lakeside: Partner, left: tuple[NewGrant, ...]
) -> None:
    submitted(lakeside)
    connecting.work()
    assert lakeside.post("fetch_271")["PayloadType"] == "X12_271_Response_005010X279A1"
    connecting.hold(lakeside, *left)
    found = lakeside.post("fetch_271")
    assert (found["ErrorCode"], found["PayloadType"]) == ("UnAuthorized", "CoreEnvelopeError")
    assert "Payload" not in found
    assert worlds.uses(machine_id__isnull=False)[-1].conclusion == "no_longer_open"
    assert [row.result for row in connecting.exchanges(operation="results_retrieval")] == [
        "answered",
        "refused",
    ]


def test_results_are_given_as_long_as_what_they_show_is_granted(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    connecting.hold(lakeside, systems.a_grant(), systems.a_grant(Function.BENEFITS))
    assert connecting.segments(lakeside.post("fetch_271")["Payload"], "EB")


def test_a_batch_of_a_partner_that_was_revoked_is_not_asked(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.revoke(lakeside)
    connecting.work()
    assert rows("Payload", kind="acknowledgement") == []
    assert worlds.uses(conclusion="active", door="x12") == []


def test_a_partner_without_the_function_hands_nothing_in(lakeside: Partner) -> None:
    del lakeside
    grants = (systems.a_grant(Function.BENEFITS, cast.OWN),)
    poor = connecting.a_partner(sender_id="LAKESIDE02", grants=grants)
    found = submitted(poor)
    assert found["ErrorCode"] == "UnAuthorized"
    assert "grant" in found["ErrorMessage"]
    assert rows("Submission") == []


def test_results_are_acknowledged_by_the_number_they_went_out_under(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    _, made = connecting.exchanges()
    header = a_batch().decode().partition("GS*")[0]
    said = f"{header}TA1*{made.our_interchange}*260312*1000*A*000~IEA*0*000000907~".encode()
    kind = "X12_TA1_SubmissionRequest_00501X231A1"
    assert lakeside.post("acknowledge", said, PayloadID=UNKNOWN, PayloadType=kind)["ErrorCode"] == "Success"
    other = said.replace(made.our_interchange.encode(), b"999999999")
    found = lakeside.post("acknowledge", other, PayloadID=UNKNOWN, PayloadType=kind)
    assert found["ErrorCode"] == "PayloadIDIllegal"
    assert rows("Submission")[0].results_acknowledged_at == NOW


def test_a_batch_is_forgotten_after_thirty_days_and_its_log_is_not(lakeside: Partner) -> None:
    submitted(lakeside)
    connecting.work()
    for days, left in ((30, 1), (31, 0)):
        forget(days)
        assert len(rows("Submission")) == left
    assert rows("Payload") == []
    assert len(connecting.exchanges()) == 2
    assert lakeside.post("fetch_271")["ErrorCode"] == "PayloadIDIllegal"


def test_the_log_forgets_strangers_soon_and_partners_late(lakeside: Partner) -> None:
    lakeside.post("real_time", connecting.a_270())
    lakeside.post("real_time", connecting.a_270(), UserName="nobody")
    forget(31)
    assert [row.error_code for row in connecting.exchanges()] == [""]
    forget(731)
    assert len(connecting.exchanges()) == 1
    forget(732)
    assert connecting.exchanges() == []


def forget(days: int) -> None:
    """The recurring job, so many days later."""
    leased = _Leased(days)
    ForgetExchanges().run(leased)  # type: ignore[arg-type]
    assert housekeeping.forget(actor=leased.actor("again")) == 0


class _Leased:
    """A job at another time."""

    def __init__(self, days: int) -> None:
        self.worker = connecting.worker(NOW + timedelta(days=days))

    def actor(self, name: str) -> Any:
        """The system at that time."""
        now = self.worker.now()
        return actors.system_actor(name, asked_at=now, today=now.date())


def test_no_member_is_named_in_what_is_logged(lakeside: Partner, logs: Any) -> None:
    with connecting.nothing_logged(logs):
        submitted(lakeside)
        connecting.work()
        lakeside.post("fetch_271")
    assert patients.ZEPHYRINE not in repr(
        [vars(row) for row in (*connecting.exchanges(), *rows("Submission"))]
    )
