"""Payments fetched over CORE: each once, whole or not at all, as 835s that balance."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.access import machines
from portico.domains.access.granting import NewGrant
from portico.domains.permits.functions import Function
from tests.support import cast, claims, world
from tests.x12 import connecting
from tests.x12.connecting import ENVELOPES, Partner

pytestmark = pytest.mark.django_db
FETCH = "X12_835_Request_005010X221A1"
NAMES = [f"00000000-0000-4000-8000-00000000000{place}" for place in range(3)]


def holding(partner: Partner, **limits: Any) -> Partner:
    """The partner with remittances, as far as is said."""
    connecting.hold(partner, NewGrant(Function.REMITTANCE, (cast.OWN,), date(2026, 1, 1), **limits))
    return partner


def fetched(partner: Partner, name: str, envelope: str = "mime") -> Any:
    return partner.post("fetch_271", envelope=envelope, PayloadType=FETCH, PayloadID=name)


def traces(found: Any) -> list[str]:
    return [segment[2] for segment in connecting.segments(found["Payload"], "TRN")]


def conclusions() -> list[str]:
    return [row.conclusion for row in world.uses(function=Function.REMITTANCE)]


@pytest.mark.parametrize("envelope", ENVELOPES)
def test_new_payments_are_fetched_once(lakeside: Partner, envelope: str) -> None:
    partner = holding(lakeside)
    claims.payment([claims.decided("A1"), claims.denied("A2")], trace_number="EFT1")
    claims.payment([claims.decided("A3")], trace_number="EFT2")
    found = fetched(partner, NAMES[0], envelope)
    assert (found["ErrorCode"], found["PayloadType"]) == ("Success", "X12_835_Response_005010X221A1")
    assert traces(found) == ["EFT1", "EFT2"]
    assert [segment[2] for segment in connecting.segments(found["Payload"], "BPR")] == ["175", "175"]
    assert [segment[1] for segment in connecting.segments(found["Payload"], "CLP")] == [
        "PC-A1",
        "PC-A2",
        "PC-A3",
    ]
    nothing = fetched(partner, NAMES[1], envelope)
    assert nothing["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"
    assert conclusions() == ["payments_delivered", "nothing_new"]


def test_the_same_name_is_answered_with_the_same_payments(lakeside: Partner) -> None:
    partner = holding(lakeside)
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    assert traces(fetched(partner, NAMES[0])) == ["EFT1"]
    claims.payment([claims.decided("A2")], trace_number="EFT2")
    assert traces(fetched(partner, NAMES[0])) == ["EFT1"]
    assert traces(fetched(partner, NAMES[1])) == ["EFT2"]


@pytest.mark.parametrize("limits", [{"lines": (cast.MEDI_CAL,)}, {"providers": ("2000000024",)}])
def test_a_payment_is_fetched_whole_or_not_at_all(lakeside: Partner, limits: Any) -> None:
    partner = holding(lakeside, **limits)
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    assert fetched(partner, NAMES[0])["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"


def test_the_payments_of_another_tax_id_are_not_fetched(lakeside: Partner) -> None:
    partner = holding(lakeside)
    claims.payment([claims.decided("A1", tax_id=cast.FOREIGN)], trace_number="EFT1")
    assert fetched(partner, NAMES[0])["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"


def test_each_partner_has_its_own_deliveries(lakeside: Partner, hillcrest: Partner) -> None:
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    assert traces(fetched(holding(lakeside), NAMES[0])) == ["EFT1"]
    connecting.hold(hillcrest, NewGrant(Function.REMITTANCE, (cast.FOREIGN,), date(2026, 1, 1)))
    assert fetched(hillcrest, NAMES[0])["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"


def test_what_was_handed_over_and_is_no_longer_granted_is_not_handed_over_again(lakeside: Partner) -> None:
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    assert traces(fetched(holding(lakeside), NAMES[0])) == ["EFT1"]
    partner = holding(lakeside, lines=(cast.MEDI_CAL,))
    assert fetched(partner, NAMES[0])["PayloadType"] == "X12_005010_Response_NoBatchResultsFile"


def test_one_answer_holds_so_many_payments(lakeside: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.domains.claims.payment_delivery.MOST_PAYMENTS", 1)
    partner = holding(lakeside)
    for number in (1, 2):
        claims.payment([claims.decided(f"A{number}")], trace_number=f"EFT{number}")
    assert [traces(fetched(partner, name)) for name in NAMES[:2]] == [["EFT1"], ["EFT2"]]


def test_payments_that_may_not_be_seen_whole_cost_no_queries(lakeside: Partner) -> None:
    partner, counts = holding(lakeside, lines=(cast.MEDI_CAL,)), []
    for number in range(4):
        claims.payment([claims.decided(f"A{number}")], trace_number=f"EFT{number}")
        with CaptureQueriesContext(connection) as asked:
            assert traces_or_nothing(fetched(partner, NAMES[0])) == []
        counts.append(len(asked))
    assert counts[1:] == [counts[1]] * 3


def test_two_fetches_at_once_wait_for_each_other(lakeside: Partner, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[object] = []
    monkeypatch.setattr(machines, "take_turn", waited.append)
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    assert traces(fetched(holding(lakeside), NAMES[0])) == ["EFT1"]
    assert len(waited) == 1


def traces_or_nothing(found: Any) -> list[str]:
    """The payments of an answer that may hold none."""
    return traces(found) if found.get("Payload") else []


def test_who_holds_no_remittances_is_told_so(lakeside: Partner) -> None:
    claims.payment([claims.decided("A1")], trace_number="EFT1")
    found = fetched(lakeside, NAMES[0])
    assert (found["ErrorCode"], found["PayloadType"]) == ("UnAuthorized", "CoreEnvelopeError")
