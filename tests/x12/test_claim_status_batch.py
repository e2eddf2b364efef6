"""A batch of 276s: taken in, acknowledged, asked in pieces, fetched as 277s; killed anywhere it goes on."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access.granting import NewGrant
from portico.domains.exchange import working
from portico.domains.permits.functions import Function
from portico.edges.x12.claim_status import batch_job
from tests.conformance import x12
from tests.support import cast, claims, systems, world
from tests.support.doors import x12_claims
from tests.x12 import claims_276, connecting
from tests.x12.claims_276 import SUBSCRIBER, claim
from tests.x12.connecting import ENVELOPES, MIME, Partner

pytestmark = pytest.mark.django_db
REQUEST, FETCH = "X12_276_Request_005010X212", "X12_005010_Request_Batch_Results_277"


@pytest.fixture
def partner(lakeside: Partner) -> Partner:
    """Our office's software, which holds claims and nothing else."""
    connecting.hold(lakeside, NewGrant(Function.CLAIMS_INQUIRY, (cast.OWN,), date(2026, 1, 1)))
    return lakeside


def submitted(partner: Partner, payload: bytes, envelope: str = MIME, **changes: Any) -> Any:
    return partner.post("submit", payload, envelope, PayloadType=REQUEST, **changes)


def results(partner: Partner, envelope: str = MIME) -> Any:
    return partner.post("fetch_271", envelope=envelope, PayloadType=FETCH)


def asking(*numbers: str) -> list[str]:
    """One set that asks about claims by their numbers."""
    traces = [claim(f"REF*1K*{number}", trace=f"T{place}") for place, number in enumerate(numbers, 1)]
    return claims_276.a_276([*SUBSCRIBER, *(segment for trace in traces for segment in trace)])


def rows() -> list[str]:
    uses = world.uses(function=Function.CLAIMS_INQUIRY)
    return [row.conclusion for row in uses if row.conclusion in ("found", "not_found")]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_batch_goes_all_its_way(partner: Partner, envelope: str) -> None:
    claims.decided("A1")
    claims.pended("A2")
    payload = claims_276.interchange(asking("A1", "NOSUCH"), claims_276.a_276(number="0002"))
    receipt = submitted(partner, payload, envelope)
    assert (receipt["ErrorCode"], receipt["PayloadType"]) == ("Success", "X12_BatchReceiptConfirmation")
    assert results(partner, envelope)["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    connecting.work()

    acknowledgement = partner.post("fetch_999", envelope=envelope)
    assert connecting.segments(acknowledgement["Payload"], "AK9") == [["AK9", "A", "2", "2", "2"]]
    found = results(partner, envelope)
    assert found["PayloadType"] == "X12_277_Response_005010X212"
    text = found["Payload"].decode()
    x12.assert_277_parses(text)
    told = [(one.trace, one.state, one.references.get("1K")) for one in x12_claims.claims(text)]
    assert told == [
        ("T1", "F1:65", "A1"),
        ("T2", "D0:35", "NOSUCH"),
        ("T1", "P3:317", "A2"),
        ("T1", "F1:65", "A1"),
    ]
    assert rows() == ["found", "not_found", "found"]
    thanks = partner.post("acknowledge", acknowledgement["Payload"], envelope)
    assert thanks["PayloadType"] == "X12_Response_ConfirmReceiptReceived"
    assert not apps.get_model("exchange", "Piece").objects.exists()


def test_results_of_claims_are_not_those_of_eligibility(partner: Partner) -> None:
    submitted(partner, claims_276.interchange(asking("A1")))
    connecting.work()
    assert partner.post("fetch_271")["ErrorCode"] == "UnAuthorized"
    more = systems.a_grant(Function.ELIGIBILITY, cast.OWN)
    connecting.hold(partner, more, NewGrant(Function.CLAIMS_INQUIRY, (cast.OWN,), date(2026, 1, 1)))
    assert partner.post("fetch_271")["ErrorCode"] == "PayloadIDIllegal"
    assert results(partner)["ErrorCode"] == "Success"


def test_a_270_in_a_batch_of_276s_is_not_taken(partner: Partner) -> None:
    submitted(partner, connecting.a_270())
    connecting.work()
    acknowledgement = partner.post("fetch_999")
    assert connecting.segments(acknowledgement["Payload"], "AK9") == [["AK9", "R", "1", "1", "0", "1"]]
    assert results(partner)["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    assert rows() == []


def test_a_killed_job_asks_no_kept_piece_again(partner: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_job, "AT_ONCE", 2)
    for number in range(5):
        claims.decided(f"A{number}")
    submitted(partner, claims_276.interchange(asking(*(f"A{number}" for number in range(5)))))
    real, kept = working.keep_piece, []

    def dies_at_the_second(**said: Any) -> None:
        kept.append(said["done"])
        if len(kept) == 2:
            raise KeyboardInterrupt
        real(**said)

    monkeypatch.setattr(working, "keep_piece", dies_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        connecting.work()
    apps.get_model("jobs", "Job").objects.update(lease_until=None, state="queued")
    connecting.work()

    assert kept == [2, 4, 4, 5]
    told = x12_claims.claims(results(partner)["Payload"].decode())
    assert [one.references["1K"] for one in told] == [f"A{number}" for number in range(5)]


def test_results_that_show_what_is_no_longer_granted_stay_here(partner: Partner) -> None:
    claims.decided("A1")
    submitted(partner, claims_276.interchange(asking("A1")))
    connecting.work()
    connecting.hold(
        partner, NewGrant(Function.CLAIMS_INQUIRY, (cast.OWN,), date(2026, 1, 1), lines=(cast.MEDI_CAL,))
    )
    assert results(partner)["ErrorCode"] == "UnAuthorized"


def test_more_requests_than_a_batch_may_hold_are_refused_whole(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portico.domains.members.batches.MOST_ROWS_OF_A_MACHINE", 2)
    submitted(partner, claims_276.interchange(asking("A1", "A2", "A3")))
    connecting.work()
    acknowledgement = partner.post("fetch_999")
    assert [segment[4] for segment in connecting.segments(acknowledgement["Payload"], "TA1")] == ["R"]
    assert rows() == []
