"""The library as offices and visitors read it: documents, versions, differences, topics, help."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from portico import demo
from portico.domains.library import models, wording
from portico.domains.library.tests import shelving
from portico.edges.web.reading import words
from tests.support import cast, visiting
from tests.support.actors import NOW, TODAY
from tests.support.world import World

TEXTS = Path(demo.__file__).parent / "library" / "texts"
FIRST = "| Service | Visits |\n| --- | --- |\n| Therapy | 12 |\n\nSee [the letter](library:letter).\n"
SECOND = FIRST.replace("12", "20") + "\n- A new item\n"


@pytest.fixture
def therapy(world: World) -> models.Document:
    """A chapter in two versions, with a letter it links to."""
    del world
    manual = shelving.document("manual", title="Operations manual", public=True)
    shelving.document("letter", kind="letter", title="A letter")
    chapter = shelving.document(
        "therapy", part_of=manual, title="Therapy", body=FIRST, number="23-346m", topics=["visits"]
    )
    shelving.add(chapter, title="Therapy", body=SECOND, first_on=date(2026, 1, 1))
    return chapter


def test_a_document_says_what_it_is_and_since_when(front_desk: Client, therapy: models.Document) -> None:
    answer = front_desk.get(reverse("library_document", args=["therapy"]))
    said = visiting.seen(answer)
    assert answer.status_code == 200
    assert (
        "Material number 23-346m Standing In force In force from 01/01/2026 Last changed Feb 10, 2026" in said
    )
    assert "Stable address: http://localhost:8000/library/therapy/" in said
    assert "Library Operations manual Therapy" in said
    assert "<td>20</td>" in answer.content.decode()
    assert f'href="{reverse("library_document", args=["letter"])}"' in answer.content.decode()
    assert f'href="{reverse("library_differences", args=["therapy", 1, 2])}"' in answer.content.decode()


def test_a_stable_address_is_the_same_in_every_part_of_the_plan(
    front_desk: Client, therapy: models.Document
) -> None:
    answer = front_desk.get(f"/in/{cast.HMO}/library/therapy/on/2025-06-01/")
    assert "Stable address: http://localhost:8000/library/therapy/on/2025-06-01/" in visiting.seen(answer)


def test_a_day_is_asked_for_and_read_as_of(front_desk: Client, therapy: models.Document) -> None:
    asked = front_desk.get(reverse("library_document", args=["therapy"]), {"day": "06/01/2025"})
    assert asked.status_code == 302
    assert asked["Location"] == reverse("library_on", args=["therapy", date(2025, 6, 1)])
    said = visiting.seen(front_desk.get(asked["Location"]))
    assert "As it was on 06/01/2025 Version 1 was in force on that day." in said
    before = front_desk.get(reverse("library_on", args=["therapy", date(2024, 6, 1)]))
    assert "Nothing was in force on 06/01/2024" in visiting.seen(before)


def test_a_day_that_is_none_is_said_beside_the_field(front_desk: Client, therapy: models.Document) -> None:
    answer = front_desk.get(reverse("library_document", args=["therapy"]), {"day": "yesterday"})
    assert answer.status_code == 422
    assert front_desk.get("/library/therapy/on/2026-02-30/").status_code == 404


def test_an_older_version_says_that_it_is_superseded(front_desk: Client, therapy: models.Document) -> None:
    answer = front_desk.get(reverse("library_version", args=["therapy", 1]))
    assert "Superseded Version 1 was in force until 12/31/2025 ." in visiting.seen(answer)
    assert "<td>12</td>" in answer.content.decode()


def test_a_corrected_version_says_that_another_counts_instead(
    front_desk: Client, therapy: models.Document
) -> None:
    shelving.add(therapy, title="Therapy", body=FIRST, first_on=date(2026, 1, 1), publish_at=NOW)
    said = visiting.seen(front_desk.get(reverse("library_version", args=["therapy", 2])))
    assert "Corrected Another version that begins on the same day was published later" in said
    assert "Standing Corrected Last changed" in said
    current = front_desk.get(reverse("library_document", args=["therapy"]))
    assert "<td>12</td>" in current.content.decode()


def test_what_changed_is_shown_cell_by_cell(front_desk: Client, therapy: models.Document) -> None:
    answer = front_desk.get(reverse("library_differences", args=["therapy", 1, 2]))
    said = visiting.seen(answer)
    assert "Added 1 passage Removed 0 passages Changed 1 passage" in said
    assert "Therapy Removed: 12 Added: 20" in said
    assert "Added: A new item" in said
    same = front_desk.get(reverse("library_differences", args=["therapy", 1, 1]))
    assert "Both say the same" in visiting.seen(same)


def test_what_is_for_another_line_says_which_with_the_switch(front_desk: Client, world: World) -> None:
    shelving.document("rides", title="Rides", lines=[cast.MEDI_CAL], body="Rides are paid for.")
    answer = front_desk.get(f"/in/{cast.HMO}/library/rides/")
    said = visiting.seen(answer)
    assert "Lines of business: Medi-Cal." in said
    assert "Rides are paid for." not in said
    assert f'href="/in/{cast.MEDI_CAL}/library/rides/"' in answer.content.decode()
    there = front_desk.get(f"/in/{cast.MEDI_CAL}/library/rides/")
    assert "Rides are paid for." in visiting.seen(there)
    assert "Rides are paid for." in visiting.seen(front_desk.get("/library/rides/"))


def test_what_was_archived_says_so_and_leads_on(front_desk: Client, world: World) -> None:
    shelving.document("old", title="Old", archived_at=NOW - timedelta(days=1), topics=["visits"])
    answer = front_desk.get(reverse("library_document", args=["old"]))
    assert "This was archived" in visiting.seen(answer)
    assert f'href="{reverse("library_topic", args=["visits"])}"' in answer.content.decode()


def test_a_chapter_has_its_contents_and_its_neighbours(front_desk: Client, therapy: models.Document) -> None:
    shelving.document("after", part_of=therapy.part_of, position=1, title="Afterwards")
    page = front_desk.get(reverse("library_document", args=["therapy"])).content.decode()
    assert f'href="{reverse("library_document", args=["manual"])}" rel="prev"' in page
    assert f'href="{reverse("library_document", args=["after"])}" rel="next"' in page


def test_a_manual_is_printed_on_one_page(front_desk: Client, therapy: models.Document) -> None:
    answer = front_desk.get(reverse("library_print", args=["manual"]))
    assert "Operations manual" in visiting.seen(answer)
    assert "<td>20</td>" in answer.content.decode()


def test_a_visitor_reads_what_is_public_and_signs_in_for_the_rest(therapy: models.Document) -> None:
    visitor = Client()
    assert visitor.get(reverse("library_document", args=["manual"])).status_code == 200
    for key in ("therapy", "nothing-is-here"):
        answer = visitor.get(reverse("library_document", args=[key]))
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next=%2Flibrary%2F{key}%2F")


@pytest.mark.parametrize("content_type", ["image/png", "image/svg+xml", "text/html", "application/pdf"])
def test_a_file_goes_out_as_nothing_a_browser_runs(
    front_desk: Client, therapy: models.Document, content_type: str
) -> None:
    version = therapy.versions.get(number=2)
    shelving.file(version, "Karte ä.png", b"<script>alert(1)</script>", content_type=content_type)
    answer = front_desk.get(reverse("library_file", args=["therapy", 2, "Karte ä.png"]))
    assert answer.content == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment; filename*=")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["other.png", "%00", "..%2F..%2Fetc"])
def test_a_file_that_is_not_there_is_not_found(
    front_desk: Client, therapy: models.Document, name: str
) -> None:
    assert front_desk.get(f"/library/therapy/versions/2/files/{name}").status_code == 404


def test_an_image_of_the_text_is_the_versions_own(front_desk: Client, world: World) -> None:
    body = "![The card](card.png) ![Gone](gone.png) ![Out](https://elsewhere.example/x.png)"
    shelving.file(shelving.document("card", body=body).versions.get())
    page = front_desk.get(reverse("library_document", args=["card"])).content.decode()
    assert f'<img src="{reverse("library_file", args=["card", 1, "card.png"])}" alt="The card"' in page
    assert "elsewhere.example" not in page
    assert page.count("<img") == 1


def test_a_file_that_the_text_leads_to_is_not_listed_again(front_desk: Client, world: World) -> None:
    row = shelving.document("form", body="[Print it](attachment:form%20a.pdf)").versions.get()
    for name in ("form a.pdf", "notes.pdf"):
        shelving.file(row, name, content_type="application/pdf", says="")
    page = front_desk.get(reverse("library_document", args=["form"])).content.decode()
    for name in ("form a.pdf", "notes.pdf"):
        assert page.count(f'href="{reverse("library_file", args=["form", 1, name])}"') == 1


def test_markup_in_a_document_is_text(front_desk: Client, world: World) -> None:
    shelving.document(
        "bad", title="<b>bold</b>", body="<script>alert(1)</script>\n\n[x](javascript:alert(1))"
    )
    page = front_desk.get(reverse("library_document", args=["bad"])).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<b>bold" not in page


def test_topics_are_browsed_and_say_what_another_line_has(front_desk: Client, world: World) -> None:
    shelving.topic("visits")
    shelving.topic("therapy", above="visits")
    shelving.document("one", title="One", topics=["therapy"])
    shelving.document("two", title="Two", topics=["visits"], lines=[cast.MEDI_CAL])
    every = visiting.seen(front_desk.get(reverse("library_topics")))
    assert "Visits 1 document Therapy 1 document" in every
    answer = front_desk.get(f"/in/{cast.HMO}/topics/visits/")
    assert "1 more in Medi-Cal" in visiting.seen(answer)
    assert f'href="/in/{cast.MEDI_CAL}/topics/visits/"' in answer.content.decode()
    assert "One" in visiting.seen(answer)
    assert front_desk.get("/topics/nothing/").status_code == 404


def test_help_lists_what_is_answered_and_leads_to_the_live_diagnosis(
    front_desk: Client, world: World
) -> None:
    shelving.document(
        "help-who-is-my-administrator",
        kind="help",
        title="Who is my administrator?",
        public=True,
        topics=["office"],
    )
    shelving.document("secret", kind="help", title="For offices alone")
    listed = front_desk.get(reverse("help"))
    assert "Office Who is my administrator? Last updated Feb 10, 2026" in visiting.seen(listed)
    assert "For offices alone" in visiting.seen(listed)
    assert "For offices alone" not in visiting.seen(Client().get(reverse("help")))
    page = front_desk.get(reverse("help_answer", args=["help-who-is-my-administrator"])).content.decode()
    assert f'href="{reverse("diagnose")}?function=manage_users"' in page
    assert Client().get(reverse("help_answer", args=["help-who-is-my-administrator"])).status_code == 200


def test_every_kind_has_its_word() -> None:
    assert list(words.KINDS) == wording.KINDS


def test_every_answer_goes_on_to_a_page_there_is() -> None:
    every = [each for ways in words.FURTHER.values() for each in (*ways, *words.further("any other"))]
    assert all(reverse(each.route).startswith("/") for each in every)


def test_every_answer_of_the_demo_goes_on() -> None:
    [text] = [file.read_text() for file in TEXTS.glob("help.md")]
    written = set(re.findall(r"^=== (\S+)$", text, re.MULTILINE))
    assert len(written) >= 27
    assert set(words.FURTHER) <= written


def test_what_is_no_answer_is_not_under_help(front_desk: Client, therapy: models.Document) -> None:
    assert front_desk.get(reverse("help_answer", args=["therapy"])).status_code == 404


def test_no_answer_can_have_the_address_of_a_page_of_help() -> None:
    routes = [bits[0][0] for _, ways in get_resolver().reverse_dict.lists() for bits, *_ in ways]
    below = {route.split("/")[1] for route in routes if route.startswith("help/")}
    assert below - {"", "%(key)s"} == wording.PAGES_OF_HELP


def test_every_page_leads_to_help_and_to_the_portals_manual(front_desk: Client, world: World) -> None:
    for browser in (front_desk, Client()):
        page = browser.get(reverse("support")).content.decode()
        assert f'href="{reverse("portal_manual")}"' in page
        assert f'href="{reverse("help")}"' in page
        assert browser.get(reverse("portal_manual"))["Location"] == reverse("help")
    shelving.document("portal-manual", title="The portal", public=True)
    for browser in (front_desk, Client()):
        assert browser.get(reverse("portal_manual"))["Location"] == "/library/portal-manual/"


def test_a_topic_is_followed_and_followed_no_more(front_desk: Client, world: World) -> None:
    shelving.document("one", title="News of visits", topics=["visits"])
    answer = front_desk.post(
        reverse("library_following"), {"topic": "visits", "line": "", "cadence": "daily"}, follow=True
    )
    said = visiting.seen(answer)
    assert "You follow it now." in said
    assert "News of visits" in said
    assert "Visits Every line Every day" in said
    number = models.Subscription.objects.get().pk
    assert Client().post(reverse("library_following_stop", args=[number])).status_code == 302
    other = visiting.sign_in(world["outsider"])
    assert other.post(reverse("library_following_stop", args=[number])).status_code == 404
    assert front_desk.post(reverse("library_following_stop", args=[number])).status_code == 302
    assert not models.Subscription.objects.exists()


def test_what_cannot_be_followed_is_said(front_desk: Client, world: World) -> None:
    answer = front_desk.post(reverse("library_following"), {"topic": "nothing", "cadence": "hourly"})
    assert answer.status_code == 422


def test_required_reading_is_read_and_the_report_says_who_has(front_desk: Client, world: World) -> None:
    shelving.document("rule", title="The new rule", must_read_by=TODAY - timedelta(days=1))
    listed = visiting.seen(front_desk.get(reverse("required_reading")))
    assert "The new rule 03/11/2026 Late" in listed
    page = front_desk.get(reverse("library_document", args=["rule"]))
    assert "Everybody in your office is asked to read this by 03/11/2026 ." in visiting.seen(page)
    done = front_desk.post(reverse("library_read", args=["rule", 1]), follow=True)
    assert "Thank you: it is noted." in visiting.seen(done)
    assert "You have read everything" in visiting.seen(done)
    administrator = visiting.sign_in(world["administrator"])
    report = visiting.seen(administrator.get(reverse("office_required_reading")))
    assert "1 of 3 have read it; everybody is asked to by 03/11/2026 . Late" in report
    operations = visiting.sign_in(world["operations"])
    rows = visiting.seen(operations.get(reverse("staff_required_reading")))
    assert "The new rule" in rows
    assert "Late 1 of" in rows
    by_office = visiting.seen(operations.get(reverse("staff_required_reading_one", args=["rule", 1])))
    assert "Lakeside" in by_office
    csv = operations.get(reverse("staff_required_reading_csv", args=["rule", 1]))
    assert csv["Content-Disposition"] == 'attachment; filename="read-rule-1.csv"'
    assert csv.content.decode().splitlines()[0] == "Office,Have read,People"
