"""Many people from a sheet: looked at with nobody made, then made part by part, row by row."""

from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portico.domains.access.delegating import bulk_rows
from tests.support import delegating, looking, visiting
from tests.support.delegating import SHEET
from tests.support.world import World

MAKE, TEMPLATE = f"{SHEET}make/", f"{SHEET}template/"
HEAD = "first_name,last_name,email,role,functions,lines,last_on\n"
GOOD = f"{HEAD}Ann,Lee,ann.lee@example.org,biller,,,\nBo,Chan,bo@example.org,,reports,,2026-12-31\n"
MIXED = (
    f"{GOOD}Cy,Day,no-mail,,,,\nDi,Eck,di@example.org,chief,,,\nEd,Fox,ed@example.org,,,moon,\n"
    "Fe,Gil,fe@example.org,,,,someday\n"
)


@pytest.fixture
def administrator(world: World) -> Client:
    """The browser of Lakeside's administrator."""
    return visiting.sign_in(world["administrator"])


def sent(browser: Client, content: str | bytes) -> Any:
    """The answer to a sheet."""
    raw = content.encode() if isinstance(content, str) else content
    return browser.post(SHEET, {"file": SimpleUploadedFile("people.csv", raw, "text/csv")})


def users() -> int:
    return int(apps.get_model("accounts", "User").objects.count())


def outcomes(answer: Any) -> list[tuple[str, str]]:
    """What became of each row, and why."""
    return [(each.said, each.why) for each in answer.context["rows"]]


def test_a_sheet_is_looked_at_and_nobody_is_made(administrator: Client) -> None:
    before = users()
    answer = sent(administrator, MIXED)
    assert outcomes(answer) == [
        ("Can be made", ""),
        ("Can be made", ""),
        ("Refused", "Enter a mail address such as name@example.org."),
        ("Refused", "There is no role of that code."),
        ("Refused", "The plan has no such line of business."),
        ("Refused", "Write the last day as 2026-12-31."),
    ]
    assert "2 people can be made as the sheet says." in visiting.seen(answer)
    assert users() == before
    assert "people_sheet_checked" in looking.conclusions("manage_users")


def test_good_rows_are_made_whatever_becomes_of_the_others(administrator: Client) -> None:
    answer = administrator.post(MAKE, {"sheet": MIXED})
    assert [said for said, _ in outcomes(answer)] == ["Made", "Made", *["Refused"] * 4]
    said = visiting.seen(answer)
    assert "Tell each person the username yourself" in said
    assert "Ann Lee ann.lee Made" in said
    assert "remittance" in delegating.held(delegating.persona_of("ann.lee"))
    again = administrator.post(MAKE, {"sheet": MIXED})
    assert [said for said, _ in outcomes(again)] == ["Works here already"] * 2 + ["Refused"] * 4
    assert "Nobody new was made" in visiting.seen(again)


def test_a_long_sheet_goes_on_page_by_page(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.web.people.access.sheet.SECONDS", -1.0)
    rows = "".join(f"Ann,Lee{chr(97 + place)},ann{place}@example.org,,,,\n" for place in range(26))
    first = administrator.post(MAKE, {"sheet": HEAD + rows})
    assert "More follows" in visiting.seen(first)
    assert len(outcomes(first)) == 25
    follows = {"sheet": HEAD + rows, "so_far": first.context["so_far"]}
    last = administrator.post(MAKE, follows)
    assert [said for said, _ in outcomes(last)] == ["Made"] * 26
    assert "The invitations are on their way" in visiting.seen(last)


def test_what_became_of_rows_is_not_made_up_by_hand(administrator: Client) -> None:
    answer = administrator.post(MAKE, {"sheet": GOOD, "so_far": "made:up"})
    assert [said for said, _ in outcomes(answer)] == ["Made", "Made"]


def test_what_is_beyond_ones_own_is_refused_row_by_row(world: World) -> None:
    assert world.offices
    answer = sent(delegating.little(), GOOD)
    assert [said for said, _ in outcomes(answer)] == ["Refused", "Refused"]
    [(_, biller), (_, reports)] = outcomes(answer)
    assert "You may not hand this out: what you were given does not name it." in reports
    assert "What you were given ends before that day." in biller
    assert "What you were given ends before that day." not in reports
    assert "No row can be made as it is." in visiting.seen(answer)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "The file is empty."),
        (HEAD, "There is no row with a person in it"),
        ("first_name,last_name\nAnn,Lee\n", "These columns are missing: email."),
        (
            f"shoe,{HEAD}9,Ann,Lee,a@example.org,,,,\n",
            "These columns are not known, or are there twice: shoe.",
        ),
        (b"\xff\xfe\x00", "The letters of this file cannot be read."),
        (HEAD + '"Ann', "This is not a CSV file."),
        (HEAD + "A,B,c@example.org,,,,\n" * (bulk_rows.MOST_ROWS + 1), "more than 500 rows"),
        ("x" * 1_000_001, "larger than 1 MB"),
    ],
    ids=["empty", "no_row", "missing", "unknown", "letters", "quotes", "too_many", "too_large"],
)
def test_a_file_that_cannot_be_read_says_why(administrator: Client, content: str | bytes, said: str) -> None:
    answer = sent(administrator, content)
    assert answer.status_code == 422
    assert said in visiting.seen(answer)


def test_a_sheet_that_was_changed_on_the_way_is_read_again(administrator: Client) -> None:
    answer = administrator.post(MAKE, {"sheet": "shoe\n9\n"})
    assert answer.status_code == 422
    assert "These columns are not known" in visiting.seen(answer)


def test_cells_are_shown_as_text(administrator: Client) -> None:
    answer = sent(administrator, f"{HEAD}<b>Ann</b>,Lee,ann@example.org,,,,\n")
    assert "<b>Ann" not in answer.content.decode()


def test_the_template_can_be_sent_as_it_is(administrator: Client) -> None:
    template = administrator.get(TEMPLATE)
    assert "attachment" in template.headers["Content-Disposition"]
    assert [said for said, _ in outcomes(sent(administrator, template.content))] == ["Can be made"]
