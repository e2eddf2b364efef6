"""Finding rows by a filter whose SQL was made before: the same members as by a queryset made anew."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.members import finding, keys, models, search, visibility
from portico.domains.members.asked import ByCoverageKey, ByKey, ByMemberId, ByName, BySsn, SearchBy, WhichId
from portico.domains.members.tests import factories
from portico.domains.members.tests.factories import HMO, MEDI_CAL, PPO
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

pytestmark = pytest.mark.usefixtures("plan")

BORN = date(1984, 5, 6)
LINES = (
    None,
    frozenset({HMO}),
    frozenset({PPO}),
    frozenset({HMO, MEDI_CAL}),
    frozenset({HMO, MEDI_CAL, PPO}),
)


@pytest.fixture(autouse=True)
def people(plan: None) -> list[models.Member]:
    """A family in the HMO, somebody in Medi-Cal, and one whose coverage nobody sent."""
    return [
        factories.a_covered_member("N1001", subscriber_number="S1", ssn="900456789"),
        factories.a_covered_member("N1002", subscriber_number="S1", relationship="01", first_name="Chidi"),
        factories.a_covered_member("N1003", line=MEDI_CAL, subscriber_number="N1001"),
        factories.a_member("N1004", subscriber_number="S1"),
    ]


def ways() -> list[SearchBy]:
    """Every shape of search, each with somebody to find and with nobody."""
    known = models.Coverage.objects.order_by("pk")[0]
    return [
        *(ByMemberId(number, which) for which in WhichId for number in ("N1001", "S1", "N9999")),
        *(BySsn(ssn, BORN) for ssn in ("900456789", "900456780")),
        *(ByName(last, BORN, first) for last in ("Okafor", "Nobody") for first in ("", "Chi")),
        *(ByKey(keys.member_key(number)) for number in (known.member_id, 0)),
        *(ByCoverageKey(keys.coverage_key(number)) for number in (known.pk, 0)),
    ]


@pytest.mark.parametrize("lines", LINES)
def test_each_search_finds_whom_its_filter_means_among_those_shown(lines: frozenset[str] | None) -> None:
    with permit(factories.front_desk(lines=lines), Function.ELIGIBILITY, tax_id=factories.OURS) as given:
        for by in ways():
            wanted = search.wanted_by(by)
            meant = models.Member.objects.filter(wanted, visibility.q(given))
            assert ids(finding.rows(given, wanted)) == ids(list(meant)), by


def test_who_is_found_is_read_anew_each_time() -> None:
    with permit(factories.front_desk(), Function.ELIGIBILITY, tax_id=factories.OURS) as given:
        assert found(given) == ["N1001"]
        models.Member.objects.filter(member_id="N1001").update(member_id="N2001")
        assert found(given) == []


def test_a_search_is_one_query() -> None:
    with (
        permit(factories.front_desk(), Function.ELIGIBILITY, tax_id=factories.OURS) as given,
        CaptureQueriesContext(connection) as asked,
    ):
        found(given)
    assert len([each for each in asked if "members_member" in each["sql"]]) == 1


def found(given: Permit) -> list[str]:
    """The member IDs of whom one own ID finds."""
    return ids(finding.rows(given, search.wanted_by(ByMemberId("N1001", WhichId.OWN))))


def ids(members: list[models.Member]) -> list[str]:
    """Their member IDs, in order."""
    return sorted(member.member_id for member in members)
