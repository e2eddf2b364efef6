"""Sixty judged questions over the demo's library, beside FTS5 and PostgreSQL's full text in one run."""

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import mean

import pytest

from portico.demo.library import documents
from portico.domains.library.search import finding, keeping, synonyms
from portico.domains.library.search.asked import Asked
from portico.domains.permits.functions import Desk
from tests.library import peers, questions, shelved
from tests.library.judging import ndcg
from tests.library.peers import Fts5, PostgreSql
from tests.library.questions import TODAY, Question
from tests.support import actors, postgresql

AT = datetime(2026, 3, 12, 17, tzinfo=UTC)
READER = actors.front_desk(asked_at=AT)
QUESTIONS = questions.everything()
AIM = 0.85


def _answers(question: Question) -> list[str]:
    """The keys as the page has them: what a number opens comes before the list."""
    found = finding.find(actor=READER, asked=Asked(question.asked, line=question.line))
    opened = [hit.key for hit in (found.exact, found.exact_elsewhere) if hit]
    return [*opened, *(hit.key for hit in found.hits)]


def _judged(answers: Callable[[Question], list[str]]) -> float:
    return mean(ndcg(answers(question), question.grades) for question in QUESTIONS)


@pytest.mark.django_db
def test_the_library_is_searched_well_and_better_than_by_either_database() -> None:
    shelved.put(documents.everything(TODAY), today=TODAY)
    synonyms.add_usual(actor=actors.plan_staff(Desk.COMMUNICATIONS))
    assert keeping.node().bring_up(at=AT)
    ours = _judged(_answers)
    texts = list(peers.texts(documents.everything(TODAY), on=TODAY))
    fts5, server = Fts5(texts), postgresql.start()
    beside = PostgreSql(texts, server.url)
    theirs = {
        "fts5": _judged(lambda question: fts5.find(question.asked, question.line)),
        "postgresql": _judged(lambda question: beside.find(question.asked, question.line)),
    }
    beside.close()
    server.stop()
    fts5.close()
    numbered = [question for question in QUESTIONS if question.number_of]
    assert numbered
    assert [_answers(question)[0] for question in numbered] == [each.number_of for each in numbered]
    assert ours >= AIM
    assert ours > max(theirs.values())


@pytest.mark.parametrize(
    ("found", "is_worth"),
    [(["a", "b", "c"], 1.0), (["c", "b", "a"], 0.7), (["x"], 0.0), ([], 0.0), (["a", "a", "a"], 0.75)],
    ids=["in order", "turned round", "wrong", "nothing", "one thrice"],
)
def test_the_judge_prefers_better_answers_first(found: list[str], is_worth: float) -> None:
    assert ndcg(found, {"a": 3, "b": 2, "c": 1}) == pytest.approx(is_worth, abs=0.06)
