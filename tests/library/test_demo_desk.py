"""What the demo's editors are at, by the use cases everybody's go through."""

import pytest

from portico.demo import acting, arrivals, furnish, people, terms, writing
from portico.demo.scene import Scene
from portico.domains.jobs.models import Job
from portico.domains.library import desk, models
from portico.domains.library.rules import State
from portico.domains.plan import terms as plan_terms
from tests.support.actors import NOW


@pytest.fixture
def scene(loaded: Job) -> Scene:
    """The editors at work on the library."""
    del loaded
    plan_terms.publish(actor=acting.system(NOW - furnish.NEW_TERMS), version=terms.VERSION, text=terms.TEXT)
    known: dict[str, int] = {}
    wanted = (writing.EDITOR, writing.OTHER)
    arrivals.add([people.BY_KEY[key] for key in wanted], known=known, now=NOW)
    scene = Scene(NOW, known)
    writing.everything(scene)
    return scene


def test_a_text_waits_for_somebody_other_than_its_writer(scene: Scene) -> None:
    seen = {
        who: desk.version(actor=scene.act(who, NOW), key=writing.WAITS)
        for who in (writing.EDITOR, writing.OTHER)
    }
    assert {who: whole.may_look for who, whole in seen.items()} == {
        writing.EDITOR: False,
        writing.OTHER: True,
    }
    assert seen[writing.OTHER].line.state == State.IN_REVIEW
    assert "## By message" in seen[writing.OTHER].said.body


def test_one_was_given_back_with_a_word_one_is_a_draft_and_one_is_archived(scene: Scene) -> None:
    del scene
    back = models.Version.objects.get(document__key=writing.GIVEN_BACK)
    assert (back.state, back.looked_by is None) == (State.DRAFT, False)
    assert "Saturdays" in back.answer
    assert models.Version.objects.get(document__key=writing.DRAFT).state == State.DRAFT
    assert models.Document.objects.get(key=writing.ARCHIVED).archived_at == NOW


def test_the_usual_synonyms_are_kept(scene: Scene) -> None:
    del scene
    assert models.Synonyms.objects.filter(words__contains="prior auth").exists()
