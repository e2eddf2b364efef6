"""The plan's queue of enquiries: in the order they are due, ended once, forgotten after ninety days."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.support import answering, models
from portico.domains.support.rules import BestTime, Ending, Kind, Topic
from portico.domains.support.tests import asking
from portico.shared.identifiers import BadIdentifier
from tests.support import actors

pytestmark = pytest.mark.django_db
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SUPPORT = actors.plan_staff(Desk.SUPPORT)


def number(position: int = 0) -> int:
    """The number of an enquiry, in the order in which they were made."""
    return int(models.Enquiry.objects.order_by("pk").values_list("pk", flat=True)[position])


def test_what_is_due_first_stands_first() -> None:
    asking.ask(asking.QUESTION)
    asking.ask(later=MINUTE)
    asking.ask()
    found = answering.queue(actor=SUPPORT)
    assert [row.number for row in found.page.rows] == [number(2), number(1), number(0)]
    assert (found.waiting, found.late, found.page.next_key) == (3, 0, None)
    use = asking.last_use()
    assert (use.function, use.outcome, use.conclusion) == ("enquiry_review", "allowed", "enquiries_shown")


def test_what_is_past_due_is_late() -> None:
    asking.ask()
    asking.ask(asking.QUESTION)
    found = answering.queue(actor=asking.moved(SUPPORT, DAY))
    assert (found.waiting, found.late) == (2, 0)
    found = answering.queue(actor=asking.moved(SUPPORT, DAY + MINUTE))
    assert (found.waiting, found.late) == (2, 1)
    assert [row.is_late for row in found.page.rows] == [True, False]


def test_a_long_queue_comes_in_pages_that_miss_nobody_and_repeat_nobody() -> None:
    for turn in range(7):
        asking.ask(later=timedelta(minutes=turn // 3), address="")
    seen, key = [], ""
    for _ in range(4):
        found = answering.queue(actor=SUPPORT, after=key, size=2)
        seen += [row.number for row in found.page.rows]
        key = found.page.next_key or ""
    assert seen == [number(position) for position in range(7)]
    assert key == ""


@pytest.mark.parametrize("key", ["x", "1-", "-1", "1-1-1", "9" * 30 + "-1", "٣-٣"])
def test_a_key_that_is_none_shows_the_first_page(key: str) -> None:
    asking.ask()
    assert len(answering.queue(actor=SUPPORT, after=key).page.rows) == 1


def test_one_is_read_with_its_text_and_its_number_stands_in_the_audit() -> None:
    asking.ask()
    found = answering.one(actor=SUPPORT, number=number())
    assert found is not None
    assert (found.row.kind, found.row.topic, found.row.name) == (
        Kind.CALL_BACK,
        Topic.REGISTRATION,
        "Robin Tester",
    )
    assert (found.telephone, found.email, found.best_time) == ("5305550193", "", BestTime.MORNING)
    assert (found.text, found.ended_at, found.ending) == ("Which licence do we give?", None, None)
    assert asking.last_use().conclusion == "enquiry_shown"
    assert asking.subjects() == {("enquiry", str(number()))}


def test_one_that_is_not_there_is_not_found() -> None:
    assert answering.one(actor=SUPPORT, number=999_999) is None
    assert asking.last_use().conclusion == "not_found"
    assert answering.end(actor=SUPPORT, number=999_999, ending=Ending.ANSWERED) is False


def test_a_text_moved_to_another_row_does_not_open() -> None:
    asking.ask()
    asking.ask(asking.QUESTION)
    one, other = models.Enquiry.objects.order_by("pk")
    models.Enquiry.objects.filter(pk=other.pk).update(sealed=one.sealed)
    with pytest.raises(Exception, match="belongs to another row"):
        answering.one(actor=SUPPORT, number=other.pk)


def test_it_is_found_by_the_reference_its_sender_names() -> None:
    reference = asking.ask().reference
    typed = f" {reference[:4]}-{reference[4:].lower()} "
    assert answering.find(actor=SUPPORT, reference=typed) == number()
    assert asking.last_use().conclusion == "enquiry_found"
    assert asking.subjects() == {("enquiry", str(number()))}


def test_a_reference_of_nobody_finds_nothing_and_a_mistyped_one_is_said_so() -> None:
    reference = asking.ask().reference
    models.Enquiry.objects.all().delete()
    assert answering.find(actor=SUPPORT, reference=reference) is None
    assert asking.last_use().conclusion == "not_found"
    with pytest.raises(BadIdentifier):
        answering.find(actor=SUPPORT, reference="x" + reference[1:] if reference[0] != "X" else "y")


@pytest.mark.parametrize("ending", Ending)
def test_an_end_takes_it_out_of_the_queue(ending: Ending) -> None:
    asking.ask()
    assert answering.end(actor=SUPPORT, number=number(), ending=ending) is True
    use = asking.last_use()
    assert (use.function, use.conclusion) == ("enquiry_review", f"enquiry_{ending}")
    assert asking.subjects() == {("enquiry", str(number()))}
    assert answering.queue(actor=SUPPORT).page.rows == ()
    found = answering.one(actor=SUPPORT, number=number())
    assert found is not None
    assert (found.ended_at, found.ending, found.row.is_late) == (actors.NOW, ending, False)
    assert models.Enquiry.objects.get().ended_by == SUPPORT.persona_id


def test_who_comes_second_changes_nothing() -> None:
    asking.ask()
    answering.end(actor=SUPPORT, number=number(), ending=Ending.ANSWERED)
    assert answering.end(actor=SUPPORT, number=number(), ending=Ending.NOT_OURS) is False
    assert asking.last_use().conclusion == "not_found"
    assert models.Enquiry.objects.get().ending == Ending.ANSWERED


ACTS: dict[str, Callable[[Actor], Any]] = {
    "queue": lambda actor: answering.queue(actor=actor),
    "one": lambda actor: answering.one(actor=actor, number=1),
    "find": lambda actor: answering.find(actor=actor, reference=asking.ask().reference),
    "end": lambda actor: answering.end(actor=actor, number=number(), ending=Ending.ANSWERED),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "actor",
    [actors.visitor(), actors.front_desk(), actors.administrator(), actors.plan_staff(Desk.MEMBER_SERVICES)],
    ids=["visitor", "front_desk", "administrator", "member_services"],
)
def test_only_the_desks_that_answer_see_them(actor: Actor, act: str) -> None:
    asking.ask()
    with pytest.raises(NotPermitted):
        ACTS[act](actor)
    use = asking.last_use()
    assert (use.function, use.outcome) == ("enquiry_review", "denied")
    assert models.Enquiry.objects.filter(ended_at=None).exists()


def test_ninety_days_after_its_end_nothing_tells_who_asked_what() -> None:
    asking.ask()
    asking.ask(asking.QUESTION)
    answering.end(actor=SUPPORT, number=number(), ending=Ending.ANSWERED)
    early, due = (asking.moved(actors.system(), timedelta(days=days)) for days in (89, 90))
    assert answering.forget(actor=early) == 0
    assert asking.last_use().conclusion == "nothing_old"
    assert answering.forget(actor=due) == 1
    use = asking.last_use()
    assert (use.function, use.conclusion) == ("housekeeping", "enquiries_erased")
    assert answering.forget(actor=due) == 0
    found = answering.one(actor=SUPPORT, number=number())
    assert found is not None
    assert (found.text, found.row.name, found.row.office_name) == ("", "", "")
    assert (found.telephone, found.email, found.erased_at) == ("", "", due.asked_at)
    assert (found.row.topic, found.ending) == ("registration", Ending.ANSWERED)
    kept = repr(vars(models.Enquiry.objects.get(pk=number())))
    assert not [told for told in ("Robin", "Lakeside", "5305550193", "licence") if told in kept]
    waits = answering.one(actor=replace(SUPPORT, asked_at=due.asked_at), number=number(1))
    assert waits is not None
    assert waits.text == "Who are you?"
