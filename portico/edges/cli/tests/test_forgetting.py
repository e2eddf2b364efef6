"""The recurring job that forgets what was typed and not sent."""

from typing import Any

import pytest
from django.apps import apps

from portico.edges.cli.main import main

pytestmark = pytest.mark.django_db


def test_the_recurring_job_forgets_drafts(settings: Any) -> None:
    settings.JOB_HANDLERS = {"forget_drafts": "portico.edges.cli.rounds.ForgetDrafts"}
    settings.JOB_SCHEDULE = {"forget_drafts": 86_400}
    assert main(["worker", "--once"]) == 0
    use: Any = apps.get_model("audit", "Entry").objects.order_by("-pk").first()
    assert (use.function, use.actor_name, use.conclusion) == ("housekeeping", "draft-tidier", "nothing_old")
