"""The recurring jobs that forget what was typed and not sent, and what signing in leaves behind."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access.tests import making
from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db


def test_the_recurring_job_forgets_drafts(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_drafts": "portico.edges.cli.rounds.ForgetDrafts"}
    settings.JOB_SCHEDULE = {"forget_drafts": 86_400}
    assert main(["worker", "--once"]) == 0
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "draft-tidier", "nothing_old")


def test_the_recurring_job_forgets_expired_sessions(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_sessions": "portico.edges.cli.rounds.ForgetSessions"}
    settings.JOB_SCHEDULE = {"forget_sessions": 3_600}
    over = datetime(2020, 1, 1, tzinfo=UTC)
    apps.get_model("accounts", "Session").objects.create(session_key="visitor", expire_date=over)
    assert main(["worker", "--once"]) == 0
    assert not apps.get_model("accounts", "Session").objects.exists()
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "session-tidier", "nothing_old")


def test_the_recurring_job_erases_what_was_asked_without_an_account(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_enquiries": "portico.edges.cli.rounds.ForgetEnquiries"}
    settings.JOB_SCHEDULE = {"forget_enquiries": 86_400}
    assert main(["worker", "--once"]) == 0
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "enquiry-tidier", "nothing_old")


def test_the_recurring_job_lapses_registrations_that_nobody_completed(settings: Any) -> None:
    settings.JOB_HANDLERS = {"lapse_registrations": "portico.edges.cli.rounds.LapseRegistrations"}
    settings.JOB_SCHEDULE = {"lapse_registrations": 3_600}
    assert main(["worker", "--once"]) == 0
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    told = (use.function, use.actor_name, use.conclusion)
    assert told == ("housekeeping", "registration-tidier", "nothing_old")


def test_the_recurring_job_turns_the_clock_of_access_requests(settings: Any) -> None:
    settings.JOB_HANDLERS = {"turn_access_requests": "portico.edges.cli.rounds.TurnAccessRequests"}
    settings.JOB_SCHEDULE = {"turn_access_requests": 300}
    row = an_old_access_request()
    assert main(["worker", "--once"]) == 0
    row.refresh_from_db()
    use: Any = apps.get_model("audit", "Entry").objects.filter(actor_name="request-clock").first()
    assert (row.state, use.function, use.conclusion) == ("expired", "housekeeping", "access_requests_moved")


def test_a_clock_with_nothing_to_turn_writes_nothing(settings: Any) -> None:
    settings.JOB_HANDLERS = {"turn_access_requests": "portico.edges.cli.rounds.TurnAccessRequests"}
    settings.JOB_SCHEDULE = {"turn_access_requests": 300}
    assert main(["worker", "--once"]) == 0
    assert not apps.get_model("audit", "Entry").objects.filter(actor_name="request-clock").exists()


def an_old_access_request() -> Any:
    """One that nobody answered for years."""
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    office = making.an_office()
    user = making.a_person(making.an_end_user(), username="fay.desk")
    return apps.get_model("access", "AccessRequest").objects.create(
        persona_id=making.personas_of(user)[0],
        office_id=office.id,
        functions=["benefits"],
        digest="x",
        step="plan",
        made_at=long_ago,
        due_at=long_ago,
        expires_at=long_ago,
    )


def test_the_recurring_job_drops_transaction_ids_that_were_kept_for_an_hour(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_transaction_ids": "portico.edges.cli.rounds.ForgetTransactionIds"}
    settings.JOB_SCHEDULE = {"forget_transaction_ids": 300}
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    drafts = apps.get_model("registration", "Draft").objects
    drafts.create(mark_index=b"mark", sealed=b"sealed", saved_at=long_ago, submitted_at=long_ago)
    assert main(["worker", "--once"]) == 0
    assert not drafts.exists()
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name, use.conclusion) == (
        "housekeeping",
        "registration-tidier",
        "forgotten",
    )


def test_the_recurring_job_forgets_what_came_with_registrations(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_registrations": "portico.edges.cli.rounds.ForgetRegistrations"}
    settings.JOB_SCHEDULE = {"forget_registrations": 86_400}
    assert main(["worker", "--once"]) == 0
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name) == ("housekeeping", "registration-tidier")
