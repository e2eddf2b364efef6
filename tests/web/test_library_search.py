"""The page that searches the library, as pressed: words, numbers, what narrows, other lines, while typing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portico.domains.library.search.tests import shelving
from tests.support import cast, visiting
from tests.support.world import World

HERE = "/library/"
IN_HMO = f"/in/{cast.HMO}/library/"
IN_MEDI_CAL = f"/in/{cast.MEDI_CAL}/library/"


@pytest.fixture(autouse=True)
def _shelf(world: World) -> None:
    """A few documents."""
    del world
    shelving.document(
        "filing", "Timely filing", "Claims come in 180 days.", number="23-346m", topics=["claims"]
    )
    shelving.document("fees", "Fees & <b>rates</b>", "What a claim pays.", kind="letter", is_public=True)
    shelving.document(
        "share", "Share of cost", "Of claims in Medi-Cal.", number="24-001", lines=[cast.MEDI_CAL]
    )


def _said(browser: Client, address: str = HERE, **sent: Any) -> str:
    return visiting.seen(browser.post(address, sent))


def _code(browser: Client, address: str = HERE, **sent: Any) -> str:
    return browser.post(address, sent).content.decode()


def test_before_anything_is_asked_the_newest_are_listed(front_desk: Client) -> None:
    said = visiting.seen(front_desk.get(HERE))
    assert "The newest of 3 documents" in said
    assert "Timely filing Claims come in 180 days. Manual · 23-346m · All lines · since 01/01/2025" in said


def test_what_was_found_is_marked_and_nothing_of_a_title_is_code(front_desk: Client) -> None:
    code = _code(front_desk, q="claims")
    assert "<mark>Claims</mark>" in code
    assert "Fees &amp; &lt;b&gt;rates&lt;/b&gt;" in code
    assert "3 documents found" in _said(front_desk, q="claims")


@pytest.mark.parametrize("typed", ["23-346m", "23 346 M"])
def test_a_material_number_opens_its_document(front_desk: Client, typed: str) -> None:
    answer = front_desk.post(HERE, {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, "/library/filing/")
    assert front_desk.get(answer["Location"]).status_code == 200


def test_as_of_a_day_it_opens_the_version_of_that_day(front_desk: Client) -> None:
    answer = front_desk.post(HERE, {"q": "23-346m", "on": "06/30/2025"})
    assert answer["Location"] == "/library/filing/on/2025-06-30/"
    assert "In force on 06/30/2025" in _said(front_desk, q="claims", on="06/30/2025")


def test_while_it_is_typed_a_number_opens_nothing_and_stands_first(front_desk: Client) -> None:
    answer = front_desk.post(HERE, {"q": "23-346m", "typing": "yes"})
    said = visiting.seen(answer)
    assert said.startswith("Material number 23-346m Timely filing")
    assert "Skip to main content" not in said


def test_a_number_that_is_nearly_one_is_suggested(front_desk: Client) -> None:
    said = _said(front_desk, q="23-347m")
    assert "No document has this number. Did you mean one of these? 23-346m Timely filing" in said


def test_a_number_of_another_line_offers_the_switch(front_desk: Client) -> None:
    code = _code(front_desk, IN_HMO, q="24-001")
    assert "Material number 24-001 is for Medi-Cal" in code
    assert f'href="/in/{cast.MEDI_CAL}/library/share/"' in code


def test_what_is_hidden_by_the_line_is_one_click_away(front_desk: Client) -> None:
    said, code = _said(front_desk, IN_HMO, q="claims"), _code(front_desk, IN_HMO, q="claims")
    assert "2 documents found" in said
    assert "1 more is for other lines 1 in Medi-Cal: switch" in said
    assert f'formaction="{IN_MEDI_CAL}"' in code
    assert "3 documents found" in _said(front_desk, IN_MEDI_CAL, q="claims")


def test_answers_are_narrowed_by_what_they_are(front_desk: Client) -> None:
    said = _said(front_desk, q="claims", kind="letter")
    assert "1 document found" in said
    assert "Only Letter." in said
    assert "Kind All Manual 2 Letter 1" in said
    assert "Only documents about Claims." in visiting.seen(front_desk.get(HERE, {"topic": "claims"}))
    assert "3 documents found" in _said(front_desk, q="claims", kind="nonsense", office="x", topic="")


def test_a_slip_is_mended_in_words(front_desk: Client) -> None:
    said = _said(front_desk, q="timly filing")
    assert "“timly” stands nowhere in the library. We looked for timely in its place." in said


def test_more_than_sixty_characters_are_cut_with_a_word(front_desk: Client) -> None:
    assert "The search takes 60 characters" in _said(front_desk, q="claims " * 9)
    assert "The search takes" not in _said(front_desk, q="claims ".ljust(60, "x"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [("zz", "Type four characters or more"), ("zebra", "Nothing is found"), ("????", "Nothing is found")],
)
def test_what_leads_nowhere_says_what_to_do(front_desk: Client, typed: str, says: str) -> None:
    assert says in _said(front_desk, q=typed)


def test_a_day_that_is_none_is_said_beside_the_field(front_desk: Client) -> None:
    answer = front_desk.post(HERE, {"q": "claims", "on": "02/30/2026"})
    assert answer.status_code == 422
    assert "Enter a day as mm/dd/yyyy" in visiting.seen(answer)


def test_a_visitor_finds_what_is_public(world: World) -> None:
    del world
    said = _said(Client(), q="claims")
    assert "1 document found" in said
    assert "Fees" in said
    assert "Timely" not in said
    assert Client().post(HERE, {"q": "23-346m"}).status_code == 200


def test_what_is_typed_stands_in_no_address_of_the_page(front_desk: Client) -> None:
    code = _code(front_desk, IN_HMO, q="claims of Quimby")
    assert "?q=" not in code
    assert 'method="post"' in code
    assert code.count("Quimby") <= 3  # the field, and what is said of the word itself


def test_words_that_mean_the_same_are_added_changed_and_removed(world: World) -> None:
    editor = visiting.sign_in(world["communications"])
    assert "There are no rows yet" in visiting.seen(editor.get("/staff/library/synonyms/"))
    said = _synonyms(editor, do="add", words="Money, fees")
    assert "The words are saved." in said
    assert "Fees" in _said(editor, q="money")
    row = _row(editor)
    assert "stands in another row" in _synonyms(editor, do="add", words="fees, cash")
    assert "two words or phrases" in _synonyms(editor, do="change", row=row, words="fees")
    assert "The words are saved." in _synonyms(editor, do="change", row=row, words="fees, cash")
    assert "The row is removed." in _synonyms(editor, do="remove", row=row)
    assert editor.post("/staff/library/synonyms/", {"do": "remove", "row": row}).status_code == 404
    assert "rows are added." in _synonyms(editor, do="usual")
    assert "All of them are there already." in _synonyms(editor, do="usual")


def _synonyms(editor: Client, **sent: str) -> str:
    return visiting.seen(editor.post("/staff/library/synonyms/", sent, follow=True))


def _row(editor: Client) -> str:
    code = editor.get("/staff/library/synonyms/").content.decode()
    return code.split('name="row" value="')[1].split('"')[0]


def test_a_search_asks_the_database_the_same_whatever_it_finds(front_desk: Client) -> None:
    few = _asked(front_desk)
    for number in range(12):
        shelving.document(f"more-{number}", f"Claims {number}", "More of claims.", topics=[f"topic-{number}"])
    front_desk.post(HERE, {"q": "claims"})  # takes in what moved
    assert _asked(front_desk) == few


def _asked(browser: Client) -> int:
    browser.post(HERE, {"q": "claims"})
    with CaptureQueriesContext(connection) as queries:
        browser.post(HERE, {"q": "claims"})
    return len(queries)


def test_of_many_topics_a_dozen_are_seen_at_once_and_the_chosen_one(front_desk: Client) -> None:
    for number in range(15):
        shelving.document(f"many-{number:02}", f"Many, {number}", "Many.", topics=[f"topic-{number:02}"])
    seen, folded = _code(front_desk, q="many").split("pt-fold--small", 1)[0], "3 more"
    assert seen.count('name="topic"') == 12
    assert folded in _said(front_desk, q="many")
    assert 'value="topic-14"' not in seen
    assert 'value="topic-14"' in _code(front_desk, q="many", topic="topic-14").split("pt-fold--small", 1)[0]
