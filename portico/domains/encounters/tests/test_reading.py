"""Records are judged and stored chunk by chunk; of one identity one is in force."""

import pytest

from portico.domains.encounters import models, submissions
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, codes, desk, send
from portico.domains.members.tests import factories

pytestmark = pytest.mark.usefixtures("world")


def test_an_encounter_that_nothing_is_wrong_with_is_accepted_under_a_number() -> None:
    submission, (judged,) = send(a_claim())
    assert codes(judged) == []
    assert judged.number.startswith("E")
    row = models.Encounter.objects.get()
    assert (row.state, row.tax_id, row.line) == ("accepted", factories.OURS, factories.HMO)
    assert (row.member_id, row.provider_npi, row.lag_days) == ("N1000", sending.NPI, 37)
    view = submissions.read(actor=desk(), submission=submission)
    assert (view.received, view.accepted, view.rejected, view.stage) == (1, 1, 0, "read")
