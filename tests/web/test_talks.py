"""Talks between peers on pages: booked by an office, held by the plan; and the file for calendars."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.authorizations.facts.talks import CalendarEntry
from portico.domains.authorizations.models import Conversation, Slot
from portico.edges.web import calendar_files
from portico.edges.web.authorizations.talks import words
from tests.support import authorizations, patients, talks, visiting
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db
ENTRY = CalendarEntry(
    UUID(int=7), UUID(int=8), NOW, NOW + timedelta(minutes=30), 2, is_cancelled=False, changed_at=NOW
)
_BOOKING = {
    "kind": "authorization",
    "zone": "America/New_York",
    "clinician": "Dr. Amina Tran",
    "telephone": "(530) 555-0193",
}


@pytest.fixture
def desk(world: World) -> Client:
    """A clinical reviewer's browser."""
    return visiting.sign_in(world["reviewer"])


def _sent(browser: Client, row: object, **changes: str) -> str:
    url = reverse("authorization_talk", args=[row.public_id])  # type: ignore[attr-defined]
    return visiting.seen(browser.post(url, {**_BOOKING, **changes}, follow=True))


def test_an_office_books_a_time_in_its_zone_and_moves_it(front_desk: Client) -> None:
    row, first, second = authorizations.denied(), talks.slot(24), talks.slot(25)
    shown = visiting.seen(
        front_desk.get(reverse("authorization_talk", args=[row.public_id]), {"zone": "America/New_York"})
    )
    assert "Friday, March 13, 1:00 to 1:30 PM EDT, with Rae Viewer" in shown
    said = _sent(front_desk, row, slot=str(first.public_id))
    assert "The talk is booked." in said
    assert "Friday, March 13, 1:00 to 1:30 PM EDT" in said
    said = _sent(front_desk, row, slot=str(second.public_id), zone="America/Los_Angeles")
    assert "The talk is moved." in said
    assert "Friday, March 13, 11:00 to 11:30 AM PDT" in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"slot": ""}, "This field is required."),
        ({"slot": str(UUID(int=5))}, "This time is gone."),
        ({"telephone": "555"}, "ten digits at least"),
        ({"clinician": " "}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    front_desk: Client, changes: dict[str, str], says: str
) -> None:
    row, slot = authorizations.denied(), talks.slot()
    assert says in _sent(front_desk, row, **{"slot": str(slot.public_id), **changes})
    assert not Conversation.objects.exists()


def test_the_office_cancels(front_desk: Client) -> None:
    row = authorizations.denied()
    talks.booked(row)
    url = reverse("authorization_talk_cancel", args=[row.public_id])
    said = visiting.seen(front_desk.post(url, {"kind": "authorization"}, follow=True))
    assert "The talk is cancelled." in said
    assert front_desk.post(url, {"kind": "nothing"}).status_code == 404


def test_the_desk_offers_times_and_says_what_came_of_a_talk(desk: Client) -> None:
    url = reverse("authorization_talks")
    offered = {"do": "offer", "on": "03/20/2026", "begins": "09:00", "ends": "10:30", "minutes": "30"}
    assert "3 times can be booked now." in visiting.seen(desk.post(url, offered, follow=True))
    assert "You offer these times already." in visiting.seen(desk.post(url, offered, follow=True))
    withdrawn = {"do": "withdraw", "slot": str(Slot.objects.all()[0].public_id)}
    assert "The time is withdrawn." in visiting.seen(desk.post(url, withdrawn, follow=True))
    wrong = {**offered, "ends": "08:00"}
    assert "before one talk fits in" in visiting.seen(desk.post(url, wrong))
    talk = talks.booked(authorizations.denied("A77"), into=talks.slot(-1))
    assert "Say what came of it" in visiting.seen(desk.get(url))
    settle = reverse("authorization_talk_settle", args=[talk.public_id])
    assert "Write in a few words" in visiting.seen(desk.post(settle, {"outcome": "stays"}))
    sent = {"outcome": "stays", "words": "No new facts."}
    assert "What came of the talk is kept." in visiting.seen(desk.post(settle, sent, follow=True))
    assert "No new facts." in visiting.seen(desk.get(settle))


def test_the_calendar_file_names_no_patient_and_no_request(front_desk: Client, desk: Client) -> None:
    row = authorizations.denied("A77")
    talk = talks.booked(row)
    answers = (
        front_desk.get(reverse("authorization_talk_calendar", args=[row.public_id, talk.public_id])),
        desk.get(reverse("authorization_talk_desk_calendar", args=[talk.public_id])),
    )
    for answer in answers:
        assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
        text = answer.content.decode()
        assert "DTSTART:20260313T170000Z\r\n" in text
        assert f"UID:{talk.public_id}@" in text
        for told in ("A77", patients.ZEPHYRINE, "Quillfeather", "Zephyrine", "Tran"):
            assert told not in text


def test_a_calendar_file_is_as_calendars_read_it() -> None:
    url = "https://portal.example.org/" + "x" * 80
    text = calendar_files.written(ENTRY, host="portal.example.org", url=url, plan="North, Lake; Plan")
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "SUMMARY:Peer-to-peer talk\\, North\\, Lake\\; Plan" in text.replace("\r\n ", "")
    assert url in text.replace("\r\n ", "")
    assert "SEQUENCE:2\r\n" in text


def test_a_line_is_folded_between_signs() -> None:
    parts = list(calendar_files.folded("é" * 60))
    assert "".join(parts).replace(" ", "") == "é" * 60
    assert all(len(part.encode()) <= 75 for part in parts)


def test_a_time_over_noon_says_both_halves_of_the_day() -> None:
    starts_at = NOW.replace(hour=18, minute=45)
    said = words.span(starts_at, starts_at + timedelta(minutes=30), "America/Los_Angeles")
    assert said == "Thursday, March 12, 11:45 AM to 12:15 PM PDT"
