"""The demo's library, taken in by the door everybody's comes in by."""

from pathlib import Path

import pytest

from portico.demo import furnish
from portico.demo.library import folder
from portico.domains.jobs.models import Job
from portico.edges.loaders import command
from portico.edges.loaders.intake import Kind
from tests.library.questions import TODAY
from tests.loads import loading
from tests.loads.conftest import inbox as inbox
from tests.support import remembering
from tests.support.actors import NOW


@pytest.fixture
def loaded(transactional_db: None, inbox: Path) -> Job:
    """The plan and its library; answers the job that took it in."""

    def load() -> Job:
        furnish.set_up_plan(NOW)
        folder.write(inbox / "library", today=TODAY)
        taken = command.take_folder(actor=loading.actor(), folder=inbox / "library")
        loading.run(Kind.LIBRARY)
        return Job.objects.get(public_id=taken.job)

    del transactional_db
    return remembering.again("demo library", load)
