"""What is different between two wordings: passages, lists and tables."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.library.comparing import differences, passages
from portico.domains.library.comparing.differences import Cell, Fate, Grid, Line, Passed, Row
from portico.domains.library.comparing.passages import Kind, Text, Words

SIGNS = {Fate.SAME: "", Fate.ADDED: "+", Fate.REMOVED: "-", Fate.CHANGED: "~"}
FEES = """| Service | Copay | Limit |
| --- | --- | --- |
| Office visit | $20 | none |
| Urgent care | $40 | none |
| Physical therapy | $25 | 20 visits |
"""


def said(part: Line | Cell) -> str:
    """Its words, each run with its sign: `[-30][+60] days`."""
    runs = (
        f"[{SIGNS[piece.fate]}{piece.text}]" if SIGNS[piece.fate] else piece.text for piece in part.pieces
    )
    return " ".join(runs).replace("] [", "][")


def lines(difference: tuple[Passed, ...]) -> list[str]:
    """Every passage of words, its sign before it."""
    return [f"{SIGNS[each.fate]}{said(each)}" for each in difference if isinstance(each, Line)]


def rows(difference: tuple[Passed, ...]) -> list[str]:
    """Every row of the only table, its sign before it, cells between bars."""
    [grid] = [each for each in difference if isinstance(each, Grid)]
    return [_row(row) for row in (grid.head, *grid.rows)]


def _row(row: Row) -> str:
    return SIGNS[row.fate] + " | ".join(said(cell) for cell in row.cells)


def test_the_same_wording_has_no_difference() -> None:
    body = f"# Copays\n\nWhat a visit costs.\n\n- one\n- two\n\n{FEES}"
    found = differences.between(body, body)
    assert not any(differences.counted(found).values())
    assert {each.fate for each in found} == {Fate.SAME}


def test_a_changed_paragraph_says_which_words() -> None:
    found = differences.between(
        "A dispute is filed within 30 days of the remittance.",
        "A dispute is filed within 60 days of the remittance advice.",
    )
    assert lines(found) == [
        "~A dispute is filed within [-30][+60] days of the [-remittance.][+remittance advice.]"
    ]


def test_a_paragraph_that_came_leaves_its_neighbours_alone() -> None:
    before = "First one.\n\nThird one."
    after = "First one.\n\nSomething else entirely stands here.\n\nThird one."
    assert lines(differences.between(before, after)) == [
        "First one.",
        "+[+Something else entirely stands here.]",
        "Third one.",
    ]


def test_a_paragraph_of_other_words_is_another_one() -> None:
    found = differences.between("Fax the form to the plan.", "Claims close after ninety days.")
    assert [each.fate for each in found] == [Fate.REMOVED, Fate.ADDED]


def test_an_item_that_came_first_does_not_change_the_numbers_after_it() -> None:
    before = "1. Find the member.\n2. Check the day.\n"
    after = "1. Sign in to the portal.\n2. Find the member.\n3. Check the day.\n"
    assert lines(differences.between(before, after)) == [
        "+[+Sign in to the portal.]",
        "Find the member.",
        "Check the day.",
    ]


def test_an_item_below_another_is_compared_at_its_depth() -> None:
    before = "- Forms\n  - By mail to the plan\n- Calls\n"
    after = "- Forms\n  - By fax to the plan\n- Calls\n"
    found = differences.between(before, after)
    assert lines(found) == ["Forms", "~By [-mail][+fax] to the plan", "Calls"]
    assert [each.depth for each in found if isinstance(each, Line)] == [1, 2, 1]


def test_a_list_that_became_numbered_reads_the_same() -> None:
    found = differences.between("- one\n- two\n", "1. one\n2. two\n")
    assert {each.fate for each in found} == {Fate.SAME}


def test_one_cell_of_a_table_is_one_cell() -> None:
    found = differences.between(FEES, FEES.replace("$40", "$55"))
    assert rows(found) == [
        "Service | Copay | Limit",
        "Office visit | $20 | none",
        "~Urgent care | [-$40][+$55] | none",
        "Physical therapy | $25 | 20 visits",
    ]
    assert differences.counted(found) == {Fate.ADDED: 0, Fate.REMOVED: 0, Fate.CHANGED: 1}


def test_a_row_that_came_is_one_row() -> None:
    after = FEES.replace("| Urgent care", "| Telehealth visit | $0 | none |\n| Urgent care")
    found = differences.between(FEES, after)
    assert rows(found)[2] == "+[+Telehealth visit] | [+$0] | [+none]"
    assert differences.counted(found) == {Fate.ADDED: 1, Fate.REMOVED: 0, Fate.CHANGED: 0}


def test_a_row_of_the_same_name_is_found_again_when_all_the_rest_changed() -> None:
    after = FEES.replace(
        "| Physical therapy | $25 | 20 visits |", "| Physical therapy | 10 % | by referral |"
    )
    assert rows(differences.between(FEES, after))[3] == (
        "~Physical therapy | [-$25][+10 %] | [-20 visits][+by referral]"
    )


def test_a_column_that_came_changes_the_head_and_no_row() -> None:
    before = "| Service | Copay |\n| --- | --- |\n| Visit | $20 |\n| Therapy | $25 |\n"
    after = (
        "| Service | Network | Copay |\n| --- | --- | --- |\n| Visit | in | $20 |\n| Therapy | out | $25 |\n"
    )
    found = differences.between(before, after)
    assert rows(found) == [
        "~Service | [+Network] | Copay",
        "Visit | [+in] | $20",
        "Therapy | [+out] | $25",
    ]
    assert differences.counted(found) == {Fate.ADDED: 0, Fate.REMOVED: 0, Fate.CHANGED: 1}


def test_a_renamed_column_is_renamed() -> None:
    after = FEES.replace("Copay", "Cost share")
    assert rows(differences.between(FEES, after))[0] == "~Service | [-Copay][+Cost share] | Limit"


@pytest.mark.parametrize(
    ("before", "after", "fate"), [("", FEES, Fate.ADDED), (FEES, "", Fate.REMOVED)], ids=["came", "went"]
)
def test_a_whole_table_that_came_or_went(before: str, after: str, fate: Fate) -> None:
    [grid] = differences.between(before, after)
    assert isinstance(grid, Grid)
    assert {grid.fate, grid.head.fate, *(row.fate for row in grid.rows)} == {fate}
    assert len(grid.rows) == 3


def test_a_link_that_leads_elsewhere_is_a_change_that_no_word_shows() -> None:
    [line] = differences.between("See [the form](form-1).", "See [the form](form-2).")
    assert isinstance(line, Line)
    assert (line.fate, line.is_beneath) == (Fate.CHANGED, True)
    assert said(line) == "See the form."


def test_an_image_is_what_it_is_said_to_show() -> None:
    [line] = differences.between("![The old card](card.png)", "![The new card](card.png)")
    assert isinstance(line, Line)
    assert said(line) == "The [-old][+new] card"


def test_code_is_compared_line_by_line() -> None:
    found = differences.between("```\none\ntwo\n```\n", "```\none\nthree\n```\n")
    assert lines(found) == ["one", "-[-two]", "+[+three]"]


def test_passages_are_what_a_reader_takes_in() -> None:
    body = "## Title\n\n> Said by\n> somebody\n\n- one\n\n  more of one\n\nThe *end*.\n"
    assert passages.of(body) == (
        Text(Kind.HEADING, 2, Words("Title", "Title")),
        Text(Kind.QUOTE, 0, Words("Said by somebody", "Said by somebody")),
        Text(Kind.ITEM, 1, Words("one", "one")),
        Text(Kind.ITEM, 1, Words("more of one", "more of one")),
        Text(Kind.PARAGRAPH, 0, Words("The end.", "The *end*.")),
    )


def test_a_long_passage_with_one_other_word_is_compared_word_by_word() -> None:
    long = " ".join(f"word{number % 700}" for number in range(3000))
    [line] = differences.between(f"{long} last", f"{long} least of all")
    assert isinstance(line, Line)
    assert [(SIGNS[piece.fate], len(piece.text.split())) for piece in line.pieces] == [
        ("", 3000),
        ("-", 1),
        ("+", 3),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (" ".join(["a", "b"] * 20_000), " ".join(["a", "c"] * 20_000)),
        ("a\n\nb\n\n" * 4_000, "a\n\nc\n\n" * 4_000),
        ("| a | b |\n| - | - |\n" + "| a | b |\n" * 4_000, "| a | b |\n| - | - |\n" + "| a | c |\n" * 4_000),
    ],
    ids=["words", "passages", "rows"],
)
def test_what_was_written_to_keep_a_computer_busy_does_not(before: str, after: str) -> None:
    begun = time.process_time()
    assert differences.counted(differences.between(before, after))
    assert time.process_time() - begun < 15


def test_two_manuals_without_a_common_word_are_compared_in_time() -> None:
    before = "\n\n".join(f"Passage {number} of what was." for number in range(3000))
    after = "\n\n".join(f"Other {number} wording now here." for number in range(3000))
    begun = time.process_time()
    found = differences.between(before, after)
    assert len(found) == 6000
    assert time.process_time() - begun < 10


WORDS = st.text(alphabet="ab# -|\n*1.>`[]()", max_size=80)


@given(WORDS, WORDS)
def test_any_two_texts_give_back_the_new_wording_and_the_old(before: str, after: str) -> None:
    found = differences.between(before, after)
    for body, without in ((before, Fate.ADDED), (after, Fate.REMOVED)):
        lines_of = [
            " ".join(piece.text for piece in each.pieces if piece.fate is not without)
            for each in found
            if isinstance(each, Line) and each.fate is not without
        ]
        assert lines_of == [each.words.read for each in passages.of(body) if isinstance(each, Text)]
