"""What is in force is found by an index, whatever the size of the library and whatever is known of it."""

import pytest

from portico.domains.library import shelf
from tests.support.actors import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_what_took_a_versions_place_is_looked_for_among_those_of_its_document() -> None:
    plan = shelf.in_force(shelf.Reader(NOW, TODAY)).values("pk").explain().splitlines()
    others = [step for step in plan if " U0 " in step]
    assert len(others) == 2
    assert all("(document_id=?" in step for step in others)
