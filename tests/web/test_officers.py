"""An office's officers and its access review, as its administrators see and use them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.support import cast, looking, visiting
from tests.support.actors import NOW
from tests.support.world import World

OFFICERS, LEAVE, REVIEW = "/office/officers/", "/office/officers/leave/", "/office/review/"
SUCCESSOR, SAY, FINISH = f"{OFFICERS}successor/", f"{REVIEW}say/", f"{REVIEW}finish/"


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator, who holds all of the office."""
    grant = apps.get_model("access", "Grant").objects.get(
        persona_id=world["administrator"].persona_id, function="manage_users"
    )
    for number in (cast.SECOND, cast.UNGRANTED, cast.NOT_IN_NETWORK):
        grant.limits.create(dimension="tax_id", value=number)
    return visiting.sign_in(world["administrator"])


@pytest.fixture
def review(world: World) -> Any:
    """An open review of Lakeside."""
    assert world["front_desk"].user_id
    return apps.get_model("access", "Review").objects.create(
        office_id=world.offices[cast.LAKESIDE], opened_on=NOW.date(), due_on=NOW.date() + timedelta(days=30)
    )


def persona(number: int) -> Any:
    return apps.get_model("access", "Persona").objects.get(pk=number)


def test_the_only_administrator_is_warned_and_names_somebody(administrator: Client, world: World) -> None:
    number = world["front_desk"].user_id
    said = visiting.seen(administrator.get(OFFICERS))
    assert "You are the only administrator" in said
    assert "Nobody is named." in said
    assert "Front Tester front.desk" in visiting.seen(administrator.post(OFFICERS, {"who": "front"}))
    assert "Nobody found" in visiting.seen(administrator.post(OFFICERS, {"who": "outsider"}))
    said = visiting.seen(administrator.post(SUCCESSOR, {"successor": number}, follow=True))
    assert "Saved: this is who takes over." in said
    assert "Becomes administrator of the whole office" in said
    said = visiting.seen(administrator.post(SUCCESSOR, {}, follow=True))
    assert "Nobody is named now." in said


@pytest.mark.parametrize("typed", ["99", "x", "-1", "outsider"])
def test_nobody_is_named_who_does_not_work_there(administrator: Client, world: World, typed: str) -> None:
    number = str(world["outsider"].user_id) if typed == "outsider" else typed
    said = visiting.seen(administrator.post(SUCCESSOR, {"successor": number}, follow=True))
    assert "Choose somebody who works at your office" in said


def test_the_last_one_stays_until_somebody_takes_over(administrator: Client, world: World) -> None:
    assert "Choose who that is" in visiting.seen(administrator.get(LEAVE))
    answer = administrator.post(LEAVE, {"what": "duty"})
    assert (answer.status_code, "Name somebody who takes over" in visiting.seen(answer)) == (422, True)
    answer = administrator.post(LEAVE, {})
    assert (answer.status_code, "Choose what you give up." in visiting.seen(answer)) == (422, True)
    named = {"what": "office", "successor": world["front_desk"].user_id}
    said = visiting.seen(administrator.post(LEAVE, named))
    assert "You have left" in said
    assert administrator.get(OFFICERS).status_code == 302
    kinds = apps.get_model("access", "Persona").objects.filter(user_id=world["front_desk"].user_id)
    assert sorted(kinds.values_list("kind", flat=True)) == ["administrator", "end_user"]


def test_who_has_another_persona_goes_on_as_that(administrator: Client, world: World) -> None:
    looking.second_administrator()
    signer = world["administrator"]
    made = apps.get_model("access", "Persona").objects.create(
        user_id=signer.user_id,
        kind="end_user",
        office_id=world.offices[cast.LAKESIDE],
        created_at=NOW,
    )
    answer = administrator.post(LEAVE, {"what": "duty"})
    assert answer.headers["Location"] == "/"
    assert administrator.session["persona"] == made.pk
    assert administrator.get(OFFICERS).status_code == 403


def test_leaving_is_confirmed_first(administrator: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=11))
    assert "/account/confirm/" in administrator.get(LEAVE).headers["Location"]
    assert "/account/confirm/" in administrator.post(LEAVE, {"what": "duty"}).headers["Location"]


def test_between_reviews_the_rhythm_is_told(administrator: Client) -> None:
    said = visiting.seen(administrator.get(REVIEW))
    assert "No review is open" in said
    assert "Every 3 months you look through who may do what" in said


def test_a_review_is_done_on_one_page(administrator: Client, world: World, review: Any) -> None:
    world["colleague"]
    shown = administrator.get(REVIEW)
    said = visiting.seen(shown)
    assert "2 of 3 still to be answered" in said
    assert "This is you." in said
    assert "Front Tester front.desk, End user" in said
    assert FINISH not in shown.content.decode()
    front, second = world["front_desk"].persona_id, world["colleague"].persona_id
    sent = {"row": [front, second], "calm": [second], f"said-{front}": "removed", "keep_rest": "1"}
    assert "Saved for 2." in visiting.seen(administrator.post(SAY, sent, follow=True))
    assert persona(front).suspended_at is not None
    assert persona(second).suspended_at is None
    assert FINISH in administrator.get(REVIEW).content.decode()
    assert "The review is finished." in visiting.seen(administrator.post(FINISH, follow=True))
    review.refresh_from_db()
    assert review.finished_by == world["administrator"].user_id


def test_what_is_not_chosen_is_not_said(administrator: Client, world: World, review: Any) -> None:
    front = world["front_desk"].persona_id
    for sent in (
        {},
        {"row": [front]},
        {"row": [front], f"said-{front}": "sold"},
        {"row": ["x"], "said-x": "kept"},
    ):
        said = visiting.seen(administrator.post(SAY, sent, follow=True))
        assert "Nobody was chosen, and nothing was changed." in said
    assert review.verdicts.count() == 0
    said = visiting.seen(administrator.post(FINISH, follow=True))
    assert "Not finished: 2 still to be answered." in said


def test_people_elsewhere_and_oneself_are_not_judged(
    administrator: Client, world: World, review: Any
) -> None:
    outsider, own = world["outsider"].persona_id, world["administrator"].persona_id
    for number, told in ((outsider, "somebody on this page is not here any more"), (own, "nobody judges")):
        sent = {"row": [number], f"said-{number}": "removed"}
        assert told in visiting.seen(administrator.post(SAY, sent, follow=True))
        assert persona(number).suspended_at is None
    assert review.verdicts.count() == 0


def test_a_page_of_a_long_review_comes_back_to_itself(
    administrator: Client, world: World, review: Any
) -> None:
    front = world["front_desk"].persona_id
    sent = {"row": [front], f"said-{front}": "kept", "after": "1"}
    assert administrator.post(SAY, sent).headers["Location"] == f"{REVIEW}?after=1"
    assert administrator.post(SAY, sent | {"after": "//evil"}).headers["Location"] == REVIEW


def test_a_lapsed_review_says_so(administrator: Client, review: Any) -> None:
    review.lapsed_at = NOW
    review.save()
    assert "Patients' data is closed to your office" in visiting.seen(administrator.get(REVIEW))


def test_without_a_review_nothing_is_said_or_finished(administrator: Client, world: World) -> None:
    front = world["front_desk"].persona_id
    for address, sent in ((SAY, {"row": [front], f"said-{front}": "removed"}), (FINISH, {})):
        assert "no review is open" in visiting.seen(administrator.post(address, sent, follow=True))
    assert persona(front).suspended_at is None


@pytest.mark.parametrize("address", [REVIEW, OFFICERS], ids=["review", "officers"])
def test_the_pages_ask_the_same_whatever_their_length(
    administrator: Client, review: Any, address: str
) -> None:
    assert review.pk
    administrator.get(address)
    counts = set()
    for number in range(2):
        looking.invited(f"desk.n{number}")
        with CaptureQueriesContext(connection) as asked:
            administrator.get(address)
        counts.add(len(asked))
    assert len(counts) == 1
