"""Synonyms: who edits them, what is refused, what the audit keeps, when they count."""

import pytest

from portico.domains.library.search import synonym_rules, synonyms
from portico.domains.library.search.synonym_rules import BadSynonyms
from portico.domains.library.search.synonyms import UnknownRow
from portico.domains.library.tests import used
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from tests.support import actors
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
EDITOR = actors.plan_staff(Desk.COMMUNICATIONS)


def _rows() -> list[tuple[str, ...]]:
    return [row.phrases for row in synonyms.listed(actor=EDITOR)]


def _last_use() -> tuple[str, str, list[str]]:
    use = used.last()
    return use.outcome, use.conclusion, [kind for kind, _ in used.subjects()]


def test_a_row_is_added_changed_and_removed() -> None:
    synonyms.add(actor=EDITOR, typed="Precert, prior auth")
    assert _last_use() == ("allowed", "synonyms_added", ["synonyms"])
    row = synonyms.listed(actor=EDITOR)[0]
    assert (row.phrases, row.changed_at) == (("precert", "prior auth"), NOW)
    synonyms.change(actor=EDITOR, number=row.id, typed="precert, authorization")
    assert _last_use() == ("allowed", "synonyms_changed", ["synonyms", "synonyms"])
    assert _rows() == [("precert", "authorization")]
    synonyms.remove(actor=EDITOR, number=row.id)
    assert _last_use() == ("allowed", "synonyms_removed", ["synonyms"])
    assert _rows() == []


def test_a_change_counts_at_the_next_search() -> None:
    assert synonyms.known().of(("precert",)) == ()
    synonyms.add(actor=EDITOR, typed="precert, prior auth")
    assert synonyms.known().of(("precert",)) == (("prior", "auth"),)


def test_a_phrase_stands_in_one_row() -> None:
    synonyms.add(actor=EDITOR, typed="precert, prior auth")
    with pytest.raises(BadSynonyms, match="taken"):
        synonyms.add(actor=EDITOR, typed="PRIOR AUTH, approval")
    synonyms.add(actor=EDITOR, typed="approval, consent")
    number = synonyms.listed(actor=EDITOR)[0].id
    with pytest.raises(BadSynonyms, match="taken"):
        synonyms.change(actor=EDITOR, number=number, typed="approval, precert")
    synonyms.change(actor=EDITOR, number=number, typed="consent, approval, yes")


def test_a_row_that_is_gone_is_unknown() -> None:
    with pytest.raises(UnknownRow):
        synonyms.change(actor=EDITOR, number=999_999, typed="a, b")
    with pytest.raises(UnknownRow):
        synonyms.remove(actor=EDITOR, number=999_999)
    assert _last_use()[0] == "crashed"


def test_the_usual_ones_come_beside_what_is_there() -> None:
    synonyms.add(actor=EDITOR, typed="claim, statement")
    assert synonyms.add_usual(actor=EDITOR) == len(synonym_rules.USUAL) - 1
    assert synonyms.add_usual(actor=EDITOR) == 0
    assert _last_use()[1] == "usual_synonyms_added"


@pytest.mark.parametrize("desk", [Desk.OPERATIONS, Desk.SUPPORT, Desk.MEMBER_SERVICES])
def test_other_desks_are_refused(desk: Desk) -> None:
    actor = actors.plan_staff(desk)
    for act in (synonyms.listed, synonyms.add_usual):
        with pytest.raises(NotPermitted):
            act(actor=actor)
    with pytest.raises(NotPermitted):
        synonyms.add(actor=actor, typed="a, b")
    with pytest.raises(NotPermitted):
        synonyms.remove(actor=actors.front_desk(), number=1)
    assert _last_use()[0] == "denied"
