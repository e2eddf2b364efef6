"""From when a primary care provider is assigned, and that a feed sent again changes nothing."""

from datetime import date, timedelta
from typing import Any

import pytest

from portico.domains.members import pcp_rules
from portico.domains.members.enrolment_facts import Maintenance, SentPcp
from portico.domains.members.pcp_rules import Assignment
from portico.domains.members.tests.sent import coverage, member

JAN, MAR, JUN, SEP = (date(2026, month, 1) for month in (1, 3, 6, 9))
DAY = timedelta(days=1)
GRACE, BIJAN = "2000000002", "2000000010"


def assigned(
    npi: str, first: date, last: date | None = None, number: int | None = 1, tax_id: str = "001"
) -> Assignment:
    return Assignment(npi, tax_id, "", first, last, number)


def after(held: list[Assignment], npi: str, *, since: date | None = None, **more: Any) -> list[Assignment]:
    values = {"first": JAN, **more}
    sent = coverage(Maintenance.AUDIT, pcp=SentPcp(npi, "001", "", since), **values)
    found = pcp_rules.after(held, member(coverages=(sent,)), file_day=JUN, tax_ids={})
    return sorted(found, key=lambda one: one.first_on)


def test_the_first_pcp_begins_with_the_coverage() -> None:
    assert after([], GRACE) == [assigned(GRACE, JAN, number=None)]


def test_the_same_pcp_again_changes_nothing() -> None:
    assert after([assigned(GRACE, JAN)], GRACE) == [assigned(GRACE, JAN)]


def test_another_pcp_begins_on_the_day_of_the_file() -> None:
    assert after([assigned(GRACE, JAN)], BIJAN) == [
        assigned(GRACE, JAN, JUN - DAY),
        assigned(BIJAN, JUN, number=None),
    ]


def test_another_pcp_begins_on_the_day_sent() -> None:
    assert after([assigned(GRACE, JAN)], BIJAN, since=MAR) == [
        assigned(GRACE, JAN, MAR - DAY),
        assigned(BIJAN, MAR, number=None),
    ]


def test_a_later_coverage_brings_its_own_pcp() -> None:
    held = [assigned(GRACE, JAN, JUN - DAY)]
    assert after(held, BIJAN, first=JUN) == [*held, assigned(BIJAN, JUN, number=None)]


def test_an_earlier_coverage_sent_again_leaves_the_later_pcp() -> None:
    held = [assigned(GRACE, JAN, JUN - DAY), assigned(BIJAN, JUN, number=2)]
    assert after(held, GRACE, last=JUN - DAY) == held


def test_a_pcp_from_the_same_day_takes_the_place_of_the_one_held() -> None:
    assert after([assigned(GRACE, JUN)], BIJAN, first=JUN) == [assigned(BIJAN, JUN)]


def test_a_tax_id_not_held_yet_is_filled_in() -> None:
    assert after([assigned(GRACE, JAN, tax_id="")], GRACE) == [assigned(GRACE, JAN)]


@pytest.mark.parametrize("maintenance", [Maintenance.CANCEL, Maintenance.DELETE])
def test_the_end_of_a_coverage_assigns_nobody(maintenance: Maintenance) -> None:
    sent = coverage(maintenance, JAN, JUN, pcp=SentPcp(GRACE))
    assert pcp_rules.after([], member(coverages=(sent,)), file_day=JUN, tax_ids={}) == ()


def test_the_one_tax_id_of_a_provider_is_taken_where_none_was_sent() -> None:
    sent = coverage(Maintenance.ADD, JAN, pcp=SentPcp(GRACE))
    found = pcp_rules.after([], member(coverages=(sent,)), file_day=JUN, tax_ids={GRACE: "007"})
    assert [one.tax_id for one in found] == ["007"]


def test_a_pcp_known_by_name_alone_is_compared_by_name() -> None:
    sent = coverage(Maintenance.AUDIT, JAN, pcp=SentPcp(name="BERNARD BROWN"))
    held = [Assignment("", "", "BERNARD BROWN", JAN, None, 1)]
    assert list(pcp_rules.after(held, member(coverages=(sent,)), file_day=JUN, tax_ids={})) == held
