"""A file of encounters over CORE: acknowledged, read, fetched as a 277CA; killed anywhere it goes on."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access.granting import NewGrant
from portico.domains.encounters import models, reading
from portico.domains.exchange import working
from portico.domains.permits.functions import Function
from portico.edges.x12.tests.answering import findings
from tests.support import cast, encounters
from tests.support.encounters import a_claim, a_file, wrong_npi
from tests.x12 import connecting
from tests.x12.connecting import ENVELOPES, MIME, Partner

pytestmark = pytest.mark.django_db
ANOTHER = "7b0e1f00-0000-4000-8000-000000000002"
REQUEST, FETCH = "X12_837_Request_005010X222A1", "X12_005010_Request_Batch_Results_277CA"


@pytest.fixture
def partner(lakeside: Partner) -> Partner:
    """Our office's software, which holds encounters and nothing else."""
    encounters.a_provider()
    connecting.hold(lakeside, NewGrant(Function.ENCOUNTERS, (cast.OWN,), date(2026, 1, 1)))
    return lakeside


def submitted(partner: Partner, payload: bytes, envelope: str = MIME, **changes: Any) -> Any:
    return partner.post("submit", payload, envelope, PayloadType=REQUEST, **changes)


def results(partner: Partner, envelope: str = MIME, **changes: Any) -> Any:
    return partner.post("fetch_271", envelope=envelope, PayloadType=FETCH, **changes)


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_a_file_goes_all_its_way(partner: Partner, envelope: str) -> None:
    receipt = submitted(partner, a_file([a_claim(3), wrong_npi(4)]), envelope)
    assert (receipt["ErrorCode"], receipt["PayloadType"]) == ("Success", "X12_BatchReceiptConfirmation")
    assert results(partner, envelope)["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    connecting.work()

    acknowledgement = partner.post("fetch_999", envelope=envelope)
    assert connecting.segments(acknowledgement["Payload"], "AK9") == [["AK9", "A", "1", "1", "1"]]
    found = results(partner, envelope)
    assert found["PayloadType"] == "X12_277CA_Response_005010X214"
    assert findings(found["Payload"]) == []
    assert connecting.segments(found["Payload"], "QTY")[:2] == [["QTY", "90", "1"], ["QTY", "AA", "1"]]
    states = sorted(models.Encounter.objects.values_list("state", flat=True))
    assert states == ["accepted", "rejected"]
    row = models.Submission.objects.get()
    assert (row.source, row.stage, row.tax_id) == ("core", "read", cast.OWN)


def test_the_same_file_under_another_name_gets_the_stored_answers(partner: Partner) -> None:
    file = a_file([a_claim(3)])
    submitted(partner, file)
    connecting.work()
    first = (partner.post("fetch_999")["Payload"], results(partner)["Payload"])
    submitted(partner, file, PayloadID=ANOTHER)
    connecting.work()
    assert models.Submission.objects.count() == models.Encounter.objects.count() == 1
    second = partner.post("fetch_999", PayloadID=ANOTHER)["Payload"]
    assert connecting.segments(second, "AK9") == connecting.segments(first[0], "AK9")
    assert results(partner, PayloadID=ANOTHER)["Payload"] == first[1]


def test_another_file_under_the_same_control_number_is_told_so_by_a_ta1(partner: Partner) -> None:
    submitted(partner, a_file([a_claim(3)]))
    connecting.work()
    submitted(partner, a_file([a_claim(4)]), PayloadID=ANOTHER)
    connecting.work()
    told = partner.post("fetch_999", PayloadID=ANOTHER)["Payload"]
    assert [segment[4:] for segment in connecting.segments(told, "TA1")] == [["R", "025"]]
    assert results(partner, PayloadID=ANOTHER)["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    assert models.Encounter.objects.count() == 1


def test_a_270_under_the_name_of_encounters_is_not_taken(partner: Partner) -> None:
    submitted(partner, connecting.a_270())
    connecting.work()
    assert connecting.segments(partner.post("fetch_999")["Payload"], "AK9")[0][1] == "R"
    assert not models.Encounter.objects.exists()


def test_whoever_holds_no_encounters_hands_in_none(lakeside: Partner) -> None:
    connecting.hold(lakeside, NewGrant(Function.ELIGIBILITY, (cast.OWN,), date(2026, 1, 1)))
    assert submitted(lakeside, a_file([a_claim(3)]))["ErrorCode"] == "UnAuthorized"


@pytest.mark.parametrize("step", ["keep_acknowledgement", "read", "begin_results", "finish", "keep_results"])
def test_killed_at_any_step_it_goes_on_and_doubles_nothing(
    partner: Partner, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    submitted(partner, a_file([a_claim(3), a_claim(4), wrong_npi(5)]))
    of = reading if step in ("read", "finish") else working
    real = getattr(of, step)

    def dies(**said: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(of, step, dies)
    with pytest.raises(KeyboardInterrupt):
        connecting.work()
    monkeypatch.setattr(of, step, real)
    apps.get_model("jobs", "Job").objects.update(lease_until=None, state="queued")
    connecting.work()
    assert connecting.segments(results(partner)["Payload"], "QTY")[:2] == [
        ["QTY", "90", "2"],
        ["QTY", "AA", "1"],
    ]
    assert connecting.segments(partner.post("fetch_999")["Payload"], "AK9")[0][1] == "A"
    assert models.Encounter.objects.count() == 3


def test_what_was_read_is_taken_back_where_encounters_are_taken_away(
    partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(partner, a_file([a_claim(3)]))
    real = reading.read

    def and_then_revoked(**said: Any) -> Any:
        found = real(**said)
        connecting.hold(partner, NewGrant(Function.ELIGIBILITY, (cast.OWN,), date(2026, 1, 1)))
        return found

    monkeypatch.setattr(reading, "read", and_then_revoked)
    connecting.work()
    assert not models.Encounter.objects.exists()
    row = models.Submission.objects.get()
    assert (row.stage, row.refusal) == ("refused", "no_longer_open")
