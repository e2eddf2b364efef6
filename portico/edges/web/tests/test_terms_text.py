"""Plain text as parts of a page: headings, paragraphs, lists, and what runs on."""

import pytest

from portico.edges.web.accounts.terms_text import Block, blocks


def paragraph(text: str) -> Block:
    return Block("paragraph", (text,))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("\n\n  \n", []),
        ("One\ntwo\n\nthree", [paragraph("One two"), paragraph("three")]),
        (
            "# A\n## B\n### C",
            [Block("heading", (name,), level) for level, name in ((2, "A"), (3, "B"), (4, "C"))],
        ),
        ("# A\nright under", [Block("heading", ("A",), 2), paragraph("right under")]),
        ("- a\n* b\n  and more\n- c", [Block("list", ("a", "b and more", "c"))]),
        ("- a\n\n- b", [Block("list", ("a", "b"))]),
        ("Before:\n- a", [paragraph("Before:"), Block("list", ("a",))]),
        ("1. a\n2) b", [Block("numbers", ("a", "b"))]),
        ("3. a\n\n4. b", [Block("numbers", ("a", "b"), start=3)]),
        ("1. a\n\n7. b", [Block("numbers", ("a",)), Block("numbers", ("b",), start=7)]),
        ("1. a\n- b", [Block("numbers", ("a",)), Block("list", ("b",))]),
        ("- a\n\nb", [Block("list", ("a",)), paragraph("b")]),
        ("#no heading", [paragraph("#no heading")]),
        ("#### too deep", [paragraph("#### too deep")]),
        ("-no point", [paragraph("-no point")]),
        ("2026. was a year", [Block("numbers", ("was a year",), start=2026)]),
        ("<b>bold</b>", [paragraph("<b>bold</b>")]),
    ],
    ids=[
        *("nothing", "blank lines", "paragraphs", "headings", "under a heading", "points", "points apart"),
        *("points after words", "numbers", "numbers apart", "another list", "numbers then points"),
        *("words after points", "no heading", "too deep", "no point", "a year", "markup"),
    ],
)
def test_a_text_falls_into_its_parts(text: str, parts: list[Block]) -> None:
    assert list(blocks(text)) == parts


def test_no_word_is_lost() -> None:
    text = "# One two\nthree\n- four\n  five\n\n7. six\nseven\n\neight"
    words = " ".join(line for block in blocks(text) for line in block.lines).split()
    assert words == "One two three four five six seven eight".split()
