"""The plan's clocks on their page: added, ended, removed, and what is wrong said beside its field."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.authorizations.models import ClockRule
from tests.support import authorizations, visiting
from tests.support.cast import HMO

pytestmark = pytest.mark.django_db
_CLOCK = {
    "do": "add",
    "kind": "standard",
    "line": HMO,
    "amount": "15",
    "unit": "calendar",
    "extension_days": "0",
    "warn_hours": "24",
    "first_on": "04/01/2026",
    "citation": "The contract, section 4",
}


def _sent(browser: Client, **changes: str) -> str:
    return visiting.seen(browser.post(reverse("authorization_clocks"), {**_CLOCK, **changes}, follow=True))


def test_a_clock_is_added_ended_and_removed(operations: Client) -> None:
    said = _sent(operations)
    assert "The clock is added." in said
    assert "15 calendar days" in said
    row = str(ClockRule.objects.get().pk)
    assert "It would end before it begins." in _sent(operations, do="end", row=row, last_on="03/01/2026")
    assert "The clock ends on that day." in _sent(operations, do="end", row=row, last_on="04/30/2026")
    assert "The clock is removed." in _sent(operations, do="remove", row=row)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount": "500"}, "90 calendar days"),
        ({"citation": ""}, "This field is required."),
        ({"last_on": "03/01/2026"}, "It would end before it begins."),
        ({"line": "nowhere"}, "Choose one of the list."),
        ({"is_law": "on", "pauses": "examination"}, "never stands still"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    operations: Client, changes: dict[str, str], says: str
) -> None:
    assert says in _sent(operations, **changes)
    assert not ClockRule.objects.exists()


def test_a_clock_in_use_stays(operations: Client) -> None:
    row = authorizations.in_review()
    assert "End it instead." in _sent(operations, do="remove", row=str(row.clock_id))


def test_the_page_of_rules_leads_there(operations: Client) -> None:
    page = operations.get(reverse("authorization_rules")).content.decode()
    assert f'href="{reverse("authorization_clocks")}"' in page
