"""The pages of reading the library: documents, versions, differences, topics, help, what has to be read."""

from datetime import date, timedelta

from playwright.sync_api import Page

from portico.domains.library.tests import shelving
from tests.journeys import steps
from tests.journeys.going import Going, Place
from tests.support import cast
from tests.support.actors import NOW, TODAY
from tests.support.world import World

FIRST = """What therapy is paid for, and how often.

## How often

| Service | Visits a year | Needs an authorization |
| --- | --- | --- |
| Physical therapy | 12 | no |
| Speech therapy | 12 | yes |

## How to ask

1. Find the member.
2. Send the plan of treatment.

## What is not paid for

Exercise without a therapist.
"""
SECOND = FIRST.replace("| 12 | no", "| 20 | no").replace("2. Send", "2. Choose the service.\n3. Send")


def at(address: str) -> Going:
    """The way to a page of a library that holds something of every kind."""

    def go(page: Page, world: World) -> None:
        _shelf(world)
        page.goto(address)

    return go


def _shelf(world: World) -> None:
    if "library" in world.asked_for:
        return
    world.asked_for["library"] = True
    shelving.topic("therapy")
    shelving.topic("speech", above="therapy")
    manual = shelving.document("manual", title="Operations manual", public=True, topics=["therapy"])
    chapter = shelving.document(
        "therapy", part_of=manual, title="Therapy", body=FIRST, number="23-346m", topics=["therapy"]
    )
    later = shelving.add(chapter, title="Therapy", body=SECOND, first_on=date(2026, 1, 1), must_read_by=TODAY)
    shelving.file(later, "plan-of-treatment.pdf", content_type="application/pdf", says="The form")
    shelving.document("claims", part_of=manual, position=1, title="Claims")
    shelving.document("rides", title="Rides", lines=[cast.MEDI_CAL], topics=["therapy"])
    shelving.document("old", title="Old rules", topics=["therapy"], archived_at=NOW - timedelta(days=9))
    shelving.document("ahead", title="From April on", first_on=date(2026, 4, 1))
    shelving.document(
        "help-who-is-my-administrator",
        kind="help",
        title="Who is my administrator?",
        public=True,
        topics=["office"],
    )


def _followed(page: Page, world: World) -> None:
    at("/following/")(page, world)
    page.get_by_label("Topic").select_option("therapy")
    steps.when_they_press(page, "Follow")


def _read(page: Page, world: World) -> None:
    at("/library/therapy/")(page, world)
    steps.when_they_press(page, "I have read this")


READING_VISITORS = (
    Place("library_public", at("/library/manual/"), "Operations manual"),
    Place("library_topics_public", at("/topics/"), "What the library is about"),
    Place("help", at("/help/"), "Who is my administrator?"),
    Place("help_answer", at("/help/help-who-is-my-administrator/"), "For you, now"),
)
READING_OFFICE = (
    Place("library_document", at("/library/therapy/"), "Required reading"),
    Place("library_version", at("/library/therapy/versions/1/"), "Superseded"),
    Place("library_on", at("/library/therapy/on/2025-06-01/"), "As it was on 06/01/2025"),
    Place("library_not_in_force", at("/library/therapy/on/2024-06-01/"), "Nothing was in force"),
    Place("library_ahead", at("/library/ahead/"), "Not in force yet"),
    Place("library_archived", at("/library/old/"), "This was archived"),
    Place("library_elsewhere", at(f"/in/{cast.HMO}/library/rides/"), "This is not for HMO"),
    Place("library_wrong_day", at("/library/therapy/?day=never"), "Please check this form"),
    Place("library_differences", at("/library/therapy/differences/1/2/"), "What changed"),
    Place("library_print", at("/library/manual/print/"), "only the text goes on paper"),
    Place("library_topic", at(f"/in/{cast.HMO}/topics/therapy/"), "There is more in other lines"),
    Place("required_reading", at("/required-reading/"), "Read it by"),
    Place("library_followed", _followed, "You follow it now."),
    Place("library_read", _read, "it is noted"),
)
READING_ADMINISTRATORS = (
    Place("office_required_reading", at("/office/required-reading/"), "Said to have read it"),
)
READING_DESK = (
    Place("staff_required_reading", at("/staff/required-reading/"), "To be read by"),
    Place("staff_required_reading_one", at("/staff/required-reading/therapy/2/"), "Who has read Therapy"),
)
