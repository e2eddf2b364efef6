"""When somebody was last refused something: for which reason, of whom, how far back."""

from datetime import timedelta

import pytest

from portico.domains.audit import recording, refusals
from portico.domains.audit.recording import Outcome, Use
from portico.domains.audit.refusals import Refusal
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
REASON = "verification_required"


def record(
    minutes: int, function: str, *reasons: str, user_id: int = 7, outcome: str = Outcome.DENIED
) -> None:
    """A use of that function some minutes after NOW."""
    at = NOW + timedelta(minutes=minutes)
    use = Use(
        at=at,
        door="web",
        actor_kind="persona",
        function=function,
        outcome=Outcome(outcome),
        user_id=user_id,
        reasons=reasons,
    )
    recording.record(use)


def test_the_latest_for_that_reason_is_told() -> None:
    record(0, "eligibility", REASON)
    record(1, "benefits", "step_up_required", REASON)
    record(2, "claims_inquiry", "step_up_required")
    found = refusals.last_of_user(7, reason=REASON)
    assert found == Refusal("benefits", NOW + timedelta(minutes=1))


def test_what_was_allowed_or_anothers_is_not() -> None:
    record(0, "eligibility", REASON, user_id=8)
    record(1, "eligibility", REASON, outcome=Outcome.ALLOWED)
    assert refusals.last_of_user(7, reason=REASON) is None


def test_it_looks_back_over_thirty_refusals() -> None:
    record(0, "eligibility", REASON)
    for minute in range(1, 30):
        record(minute, "benefits", "step_up_required")
    assert refusals.last_of_user(7, reason=REASON) is not None
    record(30, "benefits", "step_up_required")
    assert refusals.last_of_user(7, reason=REASON) is None
