"""What somebody follows, the news of it, and the digest that tells of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps

from portico.domains.library import digests, following, models
from portico.domains.library.following import CannotFollow
from portico.domains.library.tests import shelving
from portico.domains.library.tests.used import last_row
from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import days
from tests.support import actors
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db

HMO, MEDI_CAL = "employer-hmo", "medi-cal"


def at(instant: datetime) -> Actor:
    """The clock at an instant."""
    return system_actor("tests", asked_at=instant, today=days.of(instant))


def mails() -> list[tuple[str, dict[str, object]]]:
    """Every digest that was written: to whom, and what it says."""
    rows = apps.get_model("notifications", "Message").objects.filter(template="library_news")
    return list(rows.order_by("pk").values_list("to", "context"))


def test_a_topic_is_followed_with_what_is_below_it_in_a_line_or_all(fay: Actor) -> None:
    shelving.topic("visits")
    shelving.topic("therapy", above="visits")
    shelving.document("below", topics=["therapy"])
    shelving.document("there", topics=["visits"], lines=[MEDI_CAL])
    shelving.document("else", topics=["claims"])
    following.follow(actor=fay, topic="visits", line=HMO, cadence="daily")
    assert last_row() == ("library", "allowed", "followed")
    found = following.mine(actor=fay)
    assert [row.key for row in found.news] == ["below"]
    assert [(each.topic, each.line, each.cadence) for each in found.followed] == [("visits", HMO, "daily")]
    assert last_row() == ("library", "allowed", "following_read")
    following.follow(actor=fay, topic="visits")
    assert {row.key for row in following.mine(actor=fay).news} == {"below", "there"}
    following.follow(actor=fay)
    assert {row.key for row in following.mine(actor=fay).news} == {"below", "there", "else"}


def test_who_follows_nothing_has_no_news(fay: Actor) -> None:
    shelving.document()
    assert following.mine(actor=fay).news == ()


def test_the_news_names_each_document_once_by_its_newest_version(fay: Actor) -> None:
    following.follow(actor=fay)
    twice = shelving.document("twice", title="Before")
    shelving.add(twice, title="After", first_on=date(2026, 1, 1), publish_at=NOW - timedelta(days=1))
    assert [row.title for row in following.mine(actor=fay).news] == ["After"]


def test_following_again_changes_how_often_a_mail_comes(fay: Actor) -> None:
    for cadence in ("daily", "weekly"):
        following.follow(actor=fay, cadence=cadence)
    assert [each.cadence for each in following.mine(actor=fay).followed] == ["weekly"]


@pytest.mark.parametrize(
    ("topic", "line", "code"), [("nothing", "", "unknown_topic"), ("", "nowhere", "unknown_line")]
)
def test_what_there_is_not_is_not_followed(fay: Actor, topic: str, line: str, code: str) -> None:
    with pytest.raises(CannotFollow, match=code):
        following.follow(actor=fay, topic=topic, line=line)
    assert last_row() == ("library", "allowed", code)


def test_nobody_follows_more_than_forty(fay: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 1)
    following.follow(actor=fay, line=HMO)
    with pytest.raises(CannotFollow, match="too_many_followed"):
        following.follow(actor=fay, line=MEDI_CAL)
    following.follow(actor=fay, line=HMO, cadence="daily")


def test_one_stops_following_ones_own_alone(fay: Actor, world: World) -> None:
    following.follow(actor=fay)
    number = models.Subscription.objects.get().pk
    assert not following.stop(actor=worlds.actor(world["outsider"]), number=number)
    assert last_row() == ("library", "allowed", "not_found")
    assert following.stop(actor=fay, number=number)
    assert last_row() == ("library", "allowed", "follows_no_more")


@pytest.mark.parametrize(
    "question",
    [
        lambda actor: following.mine(actor=actor),
        lambda actor: following.follow(actor=actor),
        lambda actor: following.stop(actor=actor, number=1),
    ],
    ids=["mine", "follow", "stop"],
)
def test_a_visitor_follows_nothing(question: object) -> None:
    with pytest.raises(NotPermitted):
        question(actors.visitor())  # type: ignore[operator]
    assert last_row()[1] == "denied"


MORNING = datetime(2026, 3, 13, 14, 0, tzinfo=UTC)


def _followed(fay: Actor, cadence: str) -> None:
    """Followed at noon of the 12th, and something was published an hour later."""
    following.follow(actor=fay, cadence=cadence)
    shelving.document("new", publish_at=NOW + timedelta(hours=1))
    shelving.document("older")


@pytest.mark.parametrize(
    ("cadence", "instant", "is_told"),
    [
        ("daily", NOW + timedelta(hours=3), False),
        ("daily", MORNING - timedelta(hours=2), False),
        ("daily", MORNING, True),
        ("weekly", MORNING + timedelta(days=5), False),
        ("weekly", MORNING + timedelta(days=6), True),
    ],
    ids=["the same day", "in the small hours", "next morning", "sixth day", "seventh day"],
)
def test_a_digest_comes_when_it_is_due(fay: Actor, cadence: str, instant: datetime, is_told: bool) -> None:
    _followed(fay, cadence)
    clock = at(instant)
    assert digests.is_due(actor=clock) is is_told
    digests.send(actor=clock)
    kinds = [(context["count"], context["kind"]) for _, context in mails()]
    assert kinds == ([(1, cadence)] if is_told else [])
    assert last_row() == ("housekeeping", "allowed", "digests_sent" if is_told else "no_digest_to_send")


def test_a_digest_tells_each_document_once(fay: Actor) -> None:
    _followed(fay, "daily")
    following.follow(actor=fay, line=HMO, cadence="daily")
    digests.send(actor=at(MORNING))
    digests.send(actor=at(MORNING))
    digests.send(actor=at(MORNING + timedelta(days=1)))
    assert [context["count"] for _, context in mails()] == [1]


def test_where_nothing_is_new_no_mail_comes(fay: Actor) -> None:
    following.follow(actor=fay, cadence="daily")
    shelving.document("older")
    digests.send(actor=at(MORNING))
    assert mails() == []
    assert not digests.is_due(actor=at(MORNING))


def test_who_left_gets_no_mail(fay: Actor, world: World) -> None:
    _followed(fay, "daily")
    worlds.disable(world["front_desk"])
    digests.send(actor=at(MORNING))
    assert mails() == []


def test_digests_go_out_in_chunks(fay: Actor, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "PEOPLE", 1)
    _followed(fay, "daily")
    following.follow(actor=worlds.actor(world["outsider"]), cadence="daily")
    assert digests.send(actor=at(MORNING))
    assert digests.send(actor=at(MORNING))
    assert not digests.send(actor=at(MORNING))
    assert len(mails()) == 2


def test_the_digest_is_the_clocks_alone(fay: Actor) -> None:
    with pytest.raises(NotPermitted):
        digests.send(actor=fay)


def test_a_day_of_the_plan_is_a_day_across_daylight_saving(fay: Actor) -> None:
    began = datetime(2026, 3, 7, 20, 0, tzinfo=UTC)
    following.follow(actor=replace(fay, asked_at=began, today=date(2026, 3, 7)), cadence="daily")
    shelving.document("new", publish_at=began + timedelta(hours=1))
    digests.send(actor=at(datetime(2026, 3, 8, 12, 59, tzinfo=UTC)))
    assert mails() == []
    digests.send(actor=at(datetime(2026, 3, 8, 13, 0, tzinfo=UTC)))
    assert len(mails()) == 1
