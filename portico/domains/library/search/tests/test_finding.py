"""Finding: who finds what, by which words and numbers, in which line, as of which day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from portico.domains.library import models
from portico.domains.library.search import finding, keeping, synonyms
from portico.domains.library.search.asked import LONGEST, PAGE, Asked, Found
from portico.domains.library.search.phrasing import Mended
from portico.domains.library.search.tests import shelving
from portico.domains.library.tests import used
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Desk
from tests.support import actors
from tests.support.actors import LINE, NOW, OTHER_LINE, TODAY

pytestmark = pytest.mark.django_db
EDITOR = actors.plan_staff(Desk.COMMUNICATIONS)


def _find(text: str = "", actor: Actor | None = None, **asked: Any) -> Found:
    return finding.find(actor=actor or actors.front_desk(), asked=Asked(text, **asked))


def _keys(found: Found) -> list[str]:
    return [hit.key for hit in found.hits]


def _marked(found: Found) -> list[str]:
    hit = found.hits[0]
    return [piece.text for piece in (*hit.title, *hit.excerpt) if piece.is_marked]


def _three() -> None:
    shelving.document("filing", "Timely filing of claims", "Send a claim within 180 days.", number="23-346m")
    shelving.document("imaging", "Imaging", "## Authorization\n\nAn MRI needs prior authorization.")
    shelving.document("appeals", "Appeals", "An appeal of a denied claim takes 30 days.")


def test_a_word_in_a_title_goes_before_the_same_word_in_a_text() -> None:
    _three()
    assert _keys(_find("claims")) == ["filing", "appeals"]


def test_what_was_looked_for_is_marked_in_all_its_forms() -> None:
    _three()
    assert _marked(_find("claims")) == ["claims", "claim"]


def test_accents_and_capitals_make_no_difference() -> None:
    shelving.document("resumes", "Résumés of providers")
    assert _keys(_find("RESUME")) == _keys(_find("résumés")) == ["resumes"]


def test_a_slip_is_mended_and_said() -> None:
    _three()
    found = _find("prior athorizatoin")
    assert _keys(found)[0] == "imaging"
    assert found.mended == (Mended("athorizatoin", "authorization"),)


def test_words_that_stand_in_the_library_are_not_mended() -> None:
    _three()
    assert _find("claim").mended == ()


def test_words_that_mean_the_same_find_the_same() -> None:
    _three()
    assert _find("precert").count == 0
    synonyms.add(actor=EDITOR, typed="prior authorization, precert")
    assert _keys(_find("precert for an mri"))[0] == "imaging"


@pytest.mark.parametrize(
    "typed", ["23-346m", "23-346M", "23 346m", " 23 – 346 M ", "23346m", "letter 23-346m", "No. 23-346m"]
)
def test_a_material_number_is_found_in_any_case_and_spacing(typed: str) -> None:
    _three()
    found = _find(typed)
    assert found.exact is not None
    assert found.exact.key == "filing"


def test_a_number_among_other_words_goes_first() -> None:
    _three()
    found = _find("is 23-346m about appeals")
    assert found.exact is None
    assert _keys(found)[:2] == ["filing", "appeals"]


@pytest.mark.parametrize("typed", ["23-347m", "23-346", "23-36m", "32-346m"])
def test_a_number_that_is_nearly_one_suggests_it(typed: str) -> None:
    _three()
    found = _find(typed)
    assert found.exact is None
    assert [hit.material_number for hit in found.near] == ["23-346m"]


def test_a_number_of_another_line_is_said_to_be_there() -> None:
    shelving.document("letter", "Cost sharing", number="24-011", lines=[OTHER_LINE])
    found = _find("24-011", line=LINE)
    assert found.exact is None
    assert found.exact_elsewhere is not None
    assert found.exact_elsewhere.lines == (OTHER_LINE,)
    assert _find("24-011", line=OTHER_LINE).exact is not None
    assert _find("24-011").exact is not None


def test_a_number_leads_to_the_version_of_the_day() -> None:
    made = shelving.document("letter", "Fees", number="24-011", first_on=date(2025, 1, 1))
    shelving.add_version(made, "New fees", first_on=TODAY + timedelta(days=9))
    exact = _find("24-011").exact
    assert exact is not None
    assert exact.number == 1
    ahead = _find("24-011", on=TODAY + timedelta(days=9)).exact
    assert ahead is not None
    assert ahead.number == 2


def test_sixty_characters_are_looked_for_and_the_rest_is_said_to_be_cut() -> None:
    _three()
    exactly = "claims ".ljust(LONGEST, "x")
    assert not _find(exactly).is_cut
    found = _find(exactly + "x")
    assert found.is_cut
    assert found.text == exactly


def test_fewer_than_four_characters_find_what_is_known() -> None:
    _three()
    assert _keys(_find("mri")) == ["imaging"]
    assert _find("qq").is_too_short
    assert not _find("qqqq").is_too_short


def test_a_short_word_with_a_synonym_is_known() -> None:
    _three()
    synonyms.add(actor=EDITOR, typed="authorization, pa")
    assert _keys(_find("pa")) == ["imaging"]


def test_what_is_for_another_line_is_hidden_and_counted() -> None:
    shelving.document("copay-here", "Copayments", lines=[LINE])
    shelving.document("copay-all", "Copayments of all")
    for number in range(2):
        shelving.document(f"copay-{number}", "Copayments elsewhere", lines=[OTHER_LINE, "ppo"])
    found = _find("copayments", line=LINE)
    assert set(_keys(found)) == {"copay-here", "copay-all"}
    assert found.hidden == 2
    assert {each.code: each.count for each in found.elsewhere} == {OTHER_LINE: 2, "ppo": 2}
    assert _find("copayments").count == 4
    assert _find("copayments").hidden == 0


def test_answers_are_narrowed_and_counted_by_what_they_are() -> None:
    shelving.document("a", "Fax form", kind="form", topics=["claims"], office_types=["hospital"])
    shelving.document("b", "Fax numbers", kind="contact", regions=["north"])
    found = _find("fax")
    assert {each.code: each.count for each in found.counts["kind"]} == {"form": 1, "contact": 1}
    assert _keys(_find("fax", kind="form")) == _keys(_find("fax", topic="claims")) == ["a"]
    assert _keys(_find("fax", office_type="physician")) == _keys(_find("fax", region="north", kind="contact"))
    assert set(_keys(_find("fax", office_type="hospital"))) == {"a", "b"}
    narrowed = _find("fax", kind="form")
    assert {each.code for each in narrowed.counts["kind"]} == {"form", "contact"}
    assert {each.code for each in narrowed.counts["topic"]} == {"claims"}


def test_a_topic_holds_what_stands_below_it() -> None:
    above = shelving.topic("claims")
    shelving.topic("filing-limits", above)
    shelving.document("a", "Deadlines", topics=["filing-limits"])
    assert _keys(_find(topic="claims")) == ["a"]


def test_without_words_the_newest_come_first() -> None:
    shelving.document("old", "Old", kind="update", first_on=date(2025, 1, 1))
    shelving.document("new", "New", kind="update", first_on=date(2026, 1, 1))
    shelving.document("form", "Form", kind="form", first_on=date(2025, 6, 1))
    assert _keys(_find(kind="update")) == ["new", "old"]
    assert _keys(_find()) == ["new", "form", "old"]
    assert _find("????").hits == ()


@pytest.mark.parametrize(
    ("on", "title"),
    [
        (date(2025, 1, 1), "Fees of 2025"),
        (date(2025, 12, 31), "Fees of 2025"),
        (date(2026, 1, 1), "Fees of 2026"),
        (date(2026, 6, 30), "Fees of 2026"),
    ],
    ids=["first day", "day before the next", "first day of the next", "last day"],
)
def test_as_of_a_day_the_version_of_that_day_is_found(on: date, title: str) -> None:
    made = shelving.document("fees", "Fees of 2025", first_on=date(2025, 1, 1))
    shelving.add_version(made, "Fees of 2026", first_on=date(2026, 1, 1), last_on=date(2026, 6, 30))
    assert [hit.name for hit in _find("fees", on=on).hits] == [title]
    assert _find("fees", on=date(2024, 12, 31)).hits == ()
    assert _find("fees", on=date(2026, 7, 1)).hits == ()


def test_what_is_scheduled_appears_at_its_instant_and_takes_over_on_its_day() -> None:
    at = NOW + timedelta(hours=1)
    made = shelving.document("fees", "Fees", lines=[LINE])
    shelving.add_version(made, "Tariffs", first_on=TODAY, publish_at=at, state="scheduled")
    before = actors.front_desk(asked_at=at - timedelta(microseconds=1))
    after = actors.front_desk(asked_at=at)
    assert _keys(_find("fees", before)) == ["fees"]
    assert _find("tariffs", before).hits == ()
    assert [hit.name for hit in _find("tariffs", after).hits] == ["Tariffs"]
    assert _find("fees", after).hits == ()


def test_what_corrects_a_version_is_found_in_its_place_from_its_instant_on() -> None:
    at = NOW + timedelta(hours=1)
    made = shelving.document("fees", "Fees", number="24-001")
    shelving.add_version(made, "Tariffs", publish_at=at, state="scheduled")
    before, after = (actors.front_desk(asked_at=each) for each in (at - timedelta(microseconds=1), at))
    for actor, name in ((before, "Fees"), (after, "Tariffs")):
        exact = _find("24-001", actor).exact
        assert exact is not None
        assert exact.name == name
    assert _find("fees", after).hits == ()


def test_a_word_of_a_text_yet_to_come_is_suggested_to_nobody() -> None:
    shelving.document("fees", "Zygomatic", publish_at=NOW + timedelta(days=1), state="scheduled")
    assert _find("zygomatik").mended == ()
    assert _find("zygo", is_being_typed=True).count == 0


def test_drafts_and_what_was_withdrawn_or_archived_are_not_found() -> None:
    for state in ("draft", "in_review", "withdrawn"):
        shelving.document(state, "Fees", state=state)
    archived = shelving.document("archived", "Fees")
    models.Document.objects.filter(pk=archived.pk).update(archived_at=NOW)
    shelving.moved(archived.pk)
    assert _find("fees").count == 0


@pytest.mark.parametrize(
    "actor",
    [
        actors.visitor(),
        actors.front_desk(account=Account(state=AccountState.PENDING)),
        actors.front_desk(account=Account(terms_accepted=False)),
        actors.front_desk(account=Account(audience="member")),
    ],
    ids=["visitor", "pending", "terms not accepted", "a member"],
)
def test_who_is_not_let_in_finds_what_is_public(actor: Actor) -> None:
    shelving.document("open", "Fees", is_public=True, number="24-001")
    shelving.document("closed", "Fees and zygomatics", number="24-002")
    found = _find("fees", actor)
    assert _keys(found) == ["open"]
    assert found.count == 1
    assert _find("24-002", actor).exact is None
    assert [hit.material_number for hit in _find("24-002", actor).near] == ["24-001"]
    assert _find("zygomatiks", actor).mended == ()


def test_everybody_who_is_signed_in_finds_all_of_it() -> None:
    shelving.document("closed", "Fees")
    for actor in (actors.front_desk(), actors.administrator(), EDITOR, actors.plan_staff(Desk.SUPPORT)):
        assert _keys(_find("fees", actor)) == ["closed"]


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [("fees", "found"), ("24-001", "found_by_number"), ("zebra", "nothing_found"), ("zz", "too_short")],
)
def test_the_audit_says_how_it_ended_and_not_what_was_asked(text: str, conclusion: str) -> None:
    shelving.document("fees", "Fees", number="24-001")
    _find(text)
    row = used.last()
    assert (row.function, row.conclusion, row.outcome) == ("library", conclusion, "allowed")
    assert text not in repr([value for name, value in vars(row).items() if name != "conclusion"])
    assert used.subjects() == []


def test_a_visitors_search_is_of_public_pages() -> None:
    _find("fees", actors.visitor())
    assert used.last().function == "public_pages"


def test_where_few_have_most_of_the_words_those_that_have_some_follow() -> None:
    _three()
    found = _find("appeal denied claim")
    assert _keys(found) == ["appeals", "filing"]
    assert (found.with_most, found.is_loose) == (1, False)
    loose = _find("zebra appeal giraffe")
    assert _keys(loose) == ["appeals"]
    assert (loose.with_most, loose.is_loose) == (0, True)


def test_where_many_have_most_of_the_words_no_others_follow() -> None:
    for number in range(PAGE):
        shelving.document(f"fees-{number:02}", "Fees of hospitals")
    shelving.document("hospitals", "Hospitals")
    assert _find("hospital fees").count == PAGE


def test_while_it_is_typed_the_last_word_may_be_a_beginning() -> None:
    _three()
    assert _keys(_find("appe", is_being_typed=True)) == ["appeals"]
    assert _keys(_find("timely fil", is_being_typed=True)) == ["filing"]


def test_many_answers_come_in_pages() -> None:
    for number in range(PAGE + 3):
        shelving.document(f"fees-{number:02}", f"Fees {number}")
    first, second = _find("fees"), _find("fees", page=2)
    assert (first.count, first.pages, len(first.hits), len(second.hits)) == (PAGE + 3, 2, PAGE, 3)
    assert not set(_keys(first)) & set(_keys(second))
    assert _find("fees", page=99).page == 2


def test_newer_ones_go_before_older_ones_that_say_the_same() -> None:
    shelving.document("old", "Fees", kind="update", first_on=date(2020, 1, 1))
    shelving.document("new", "Fees", kind="update", first_on=TODAY)
    assert _keys(_find("fees")) == ["new", "old"]


@pytest.mark.parametrize(
    "text",
    ["????", "\x00" * 4, "AND OR NOT", '"(*:^~', "title:fees", "fees \U0001f600", "\ufffd" * 9, "ß" * 60],
    ids=["marks", "zeros", "operators", "syntax", "a field", "a picture", "no signs", "long"],
)
def test_no_signs_break_a_search(text: str) -> None:
    shelving.document("fees", "Fees")
    assert _find(text).is_ready


def test_a_hit_says_whom_it_is_for_and_since_when() -> None:
    shelving.document(
        "a", "Fees", lines=[LINE], regions=["north"], number="24-001", last_on=date(2026, 12, 31)
    )
    hit = _find("fees").hits[0]
    assert (hit.lines, hit.regions, hit.office_types) == ((LINE,), ("north",), ())
    assert (hit.first_on, hit.last_on) == (shelving.BEGAN, date(2026, 12, 31))
    assert hit.changed_at == shelving.PUBLISHED
    assert hit.is_in_force(date(2026, 12, 31))
    assert not replace(hit, last_on=TODAY).is_in_force(TODAY + timedelta(days=1))


@pytest.mark.parametrize("state", ["published", "scheduled"])
def test_what_a_visitor_finds_does_not_tell_what_else_there_is(state: str) -> None:
    """A number or a short word that only a closed or a coming text has is as one that nobody has."""
    publish_at = NOW + timedelta(days=1) if state == "scheduled" else shelving.PUBLISHED
    shelving.document("open", "Fees for visits", is_public=True)
    shelving.document("closed", "The xyz", number="24-002m", state=state, publish_at=publish_at)
    visitor = actors.visitor()
    assert _find("xyz", visitor).is_too_short
    assert _find("xyq", visitor).is_too_short
    known, unknown = (_find(f"{number} fees zebra quagga", visitor) for number in ("24-002m", "24-992m"))
    assert replace(known, text="") == replace(unknown, text="")


def test_a_short_word_that_is_there_is_known_to_who_may_read_it() -> None:
    shelving.document("closed", "The xyz")
    assert _keys(_find("xyz")) == ["closed"]
    assert _find("xyz", actors.visitor()).is_too_short


@pytest.mark.parametrize("text", ["fees", "24-001", "24-00"])
def test_what_was_withdrawn_or_archived_is_not_shown_though_the_index_has_it(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a node whose disk is full, or whose index another process holds."""
    at = NOW + timedelta(hours=1)
    stopped = shelving.document("stopped", "Fees to come", publish_at=at, state="scheduled", number="24-001")
    shelving.document("old", "Fees of old", number="24-002")
    shelving.document("kept", "Fees", number="24-003")
    assert _find("fees").count == 2
    monkeypatch.setattr(keeping.Node, "bring_up", lambda *_, **__: True)
    models.Document.objects.filter(key="old").update(archived_at=NOW)
    stopped.versions.update(state="withdrawn")

    found = _find(text, actors.front_desk(asked_at=at))

    told = [*found.hits, *found.near, *filter(None, (found.exact, found.exact_elsewhere))]
    assert {hit.key for hit in told} <= {"kept"}
    assert found.count == len(found.hits)
