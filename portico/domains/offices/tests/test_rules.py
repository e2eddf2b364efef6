"""Which affiliation speaks for a day."""

from datetime import date

import pytest

from portico.domains.offices import rules
from portico.domains.offices.rules import Affiliated
from portico.shared.periods import Period

DAY = date(2026, 3, 12)
OVER = Affiliated("1", Period(date(2020, 1, 1), date(2026, 3, 11)))
LONG_OVER = Affiliated("1", Period(date(2010, 1, 1), date(2011, 1, 1)))
ENDS_TODAY = Affiliated("1", Period(date(2015, 1, 1), DAY))
NEWER = Affiliated("2", Period(date(2026, 1, 1)))
TO_COME = Affiliated("1", Period(date(2026, 4, 1)))


@pytest.mark.parametrize(
    ("affiliations", "tax_id", "speaks"),
    [
        ([OVER, ENDS_TODAY, TO_COME], "1", ENDS_TODAY),
        ([ENDS_TODAY, NEWER], "", NEWER),
        ([ENDS_TODAY, NEWER], "1", ENDS_TODAY),
        ([LONG_OVER, OVER, TO_COME], "1", OVER),
        ([TO_COME], "1", TO_COME),
        ([NEWER], "1", None),
        ([], "", None),
    ],
)
def test_which_affiliation_speaks(
    affiliations: list[Affiliated], tax_id: str, speaks: Affiliated | None
) -> None:
    for ordered in (affiliations, affiliations[::-1]):
        place = rules.speaking(ordered, tax_id=tax_id, on=DAY)
        assert (None if place is None else ordered[place]) == speaks
