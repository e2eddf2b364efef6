"""What is wrong with a request as it was written: each fault, the ends of each range, and tidying."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.authorizations import sending_rules
from portico.domains.authorizations.facts.requested import (
    Fault,
    Kind,
    Level,
    PartySent,
    Request,
    ServiceSent,
    System,
    Unit,
)
from portico.domains.members.asked import ByMemberId
from tests.support.actors import NOW, TODAY

SERVICE = ServiceSent(Decimal(12), Unit.VISITS, TODAY, TODAY + timedelta(days=60), "PT", code="97110")
REQUEST = Request(
    kind=Kind.AUTHORIZATION,
    tax_id="171234567",
    patient=ByMemberId("NLQX7731"),
    requesting=PartySent("2000000016"),
    services=(SERVICE,),
    diagnoses=("M2391",),
)
PARTY = PartySent("2000000024")


def codes(request: Request, at: datetime = NOW) -> list[Fault]:
    tidied = sending_rules.tidied(request)
    return [Fault(each.code) for each in sending_rules.faults(tidied, today=TODAY, at=at)]


def one(**changes: Any) -> Request:
    return replace(REQUEST, services=(replace(SERVICE, **changes),))


def test_a_whole_request_has_no_fault() -> None:
    assert codes(REQUEST) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"code": "", "service_type": ""}, Fault.CODE_MISSING),
        ({"code": "9711"}, Fault.CODE_MALFORMED),
        ({"code": "97110", "system": System.REVENUE}, Fault.CODE_MALFORMED),
        ({"service_type": "PTPT"}, Fault.CODE_MALFORMED),
        ({"modifiers": ("5",)}, Fault.CODE_MALFORMED),
        ({"modifiers": ("50", "51", "52", "53", "54")}, Fault.CODE_MALFORMED),
        ({"quantity": Decimal(0)}, Fault.QUANTITY_WRONG),
        ({"quantity": Decimal("0.001")}, Fault.QUANTITY_WRONG),
        ({"quantity": Decimal("10000")}, Fault.QUANTITY_WRONG),
        ({"quantity": Decimal("NaN")}, Fault.QUANTITY_WRONG),
        ({"last_on": TODAY - timedelta(days=1)}, Fault.DATES_WRONG),
        ({"last_on": TODAY + timedelta(days=367)}, Fault.DATES_WRONG),
        ({"first_on": TODAY - timedelta(days=91)}, Fault.DATES_TOO_FAR),
        ({"first_on": TODAY + timedelta(days=366), "last_on": date(2027, 4, 1)}, Fault.DATES_TOO_FAR),
    ],
)
def test_each_fault_of_a_service_is_told(changes: dict[str, Any], fault: Fault) -> None:
    assert codes(one(**changes)) == [fault]


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "J0100"},
        {"code": "0001U"},
        {"code": "0120", "system": System.REVENUE},
        {"code": ""},
        {"service_type": ""},
        {"quantity": Decimal("9999")},
        {"quantity": Decimal("0.01")},
        {"first_on": TODAY - timedelta(days=90)},
        {"first_on": TODAY + timedelta(days=365), "last_on": TODAY + timedelta(days=365)},
        {"last_on": TODAY + timedelta(days=366)},
    ],
)
def test_the_ends_of_each_range_count(changes: dict[str, Any]) -> None:
    assert codes(one(**changes)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"services": ()}, Fault.NO_SERVICES),
        ({"services": (SERVICE,) * 100}, Fault.TOO_MANY_SERVICES),
        ({"diagnoses": ()}, Fault.DIAGNOSIS_MISSING),
        ({"diagnoses": ("23.91",)}, Fault.DIAGNOSIS_MALFORMED),
        ({"diagnoses": tuple(f"M239{place:X}" for place in range(13))}, Fault.TOO_LONG),
        ({"place": "office"}, Fault.CODE_MALFORMED),
        ({"level": Level.EXPEDITED}, Fault.URGENCY_MISSING),
        ({"level": Level.EXPEDITED, "urgency": "  urgent   "}, Fault.URGENCY_MISSING),
        ({"kind": Kind.REFERRAL}, Fault.SERVICING_MISSING),
        ({"kind": Kind.ADMISSION, "admitted_at": NOW}, Fault.FACILITY_MISSING),
        ({"kind": Kind.ADMISSION, "facility": PARTY}, Fault.ADMISSION_TIME_MISSING),
        ({"contact_name": "x" * 121}, Fault.TOO_LONG),
        ({"answers": (("why", "x" * 2001),)}, Fault.TOO_LONG),
    ],
)
def test_each_fault_of_the_whole_is_told(changes: dict[str, Any], fault: Fault) -> None:
    assert codes(replace(REQUEST, **changes)) == [fault]


@pytest.mark.parametrize(
    ("later", "faults"),
    [
        (timedelta(minutes=5), []),
        (timedelta(minutes=6), [Fault.ADMISSION_TIME_WRONG]),
        (timedelta(days=-30), []),
        (timedelta(days=-31), [Fault.ADMISSION_TIME_WRONG]),
    ],
)
def test_an_admission_happened_and_not_long_ago(later: timedelta, faults: list[Fault]) -> None:
    admission = replace(REQUEST, kind=Kind.ADMISSION, facility=PARTY, admitted_at=NOW + later)

    assert codes(admission) == faults


def test_a_fault_says_of_which_service_it_is() -> None:
    request = replace(REQUEST, services=(SERVICE, replace(SERVICE, code="?")))
    (fault,) = sending_rules.faults(request, today=TODAY, at=NOW)

    assert (fault.field, fault.service, fault.about) == ("code", 2, "?")


def test_codes_are_tidied_before_they_are_read() -> None:
    tidied = sending_rules.tidied(
        replace(
            one(code=" 97110", modifiers=("gp ", "")),
            diagnoses=("m23.91", " M2391", ""),
            requesting=PartySent("2000-000016", "17-1234567", " Mei   Tran "),
        )
    )

    assert tidied.services[0].code == "97110"
    assert tidied.services[0].modifiers == ("GP",)
    assert tidied.diagnoses == ("M2391",)
    assert tidied.requesting == PartySent("2000000016", "171234567", "Mei Tran")
