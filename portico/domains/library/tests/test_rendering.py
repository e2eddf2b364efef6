"""A document's text as HTML: what is let through, what is not, and what its reader can reach."""

from time import process_time

import nh3
import pytest

from portico.domains.library import rendering
from portico.domains.library.marking import Heading, Lead
from portico.domains.library.rendering import Addresses

ADDRESSES = Addresses(
    document={"prior-authorization": "/library/prior-authorization/"}.get,
    attachment={"flow.png": "/files/1/", "form 7.pdf": "/files/2/"}.get,
    page={"/help/": "/portal/help/"}.get,
)


def html(body: str) -> str:
    """The text with the made-up addresses."""
    return rendering.html(body, ADDRESSES)


def test_headings_start_below_the_title_and_have_ids() -> None:
    assert html("# When to ask\n\n## Urgent") == (
        '<h2 id="s-when-to-ask">When to ask</h2>\n<h3 id="s-urgent">Urgent</h3>\n'
    )
    assert html("## When to ask\n\n### Urgent") == html("# When to ask\n\n## Urgent")


def test_two_headings_of_the_same_words_have_two_ids() -> None:
    assert [heading.id for heading in rendering.headings("# Fax\n\n# Fax\n\n# Fax 2\n\n# Fax")] == [
        "s-fax",
        "s-fax-2",
        "s-fax-2-2",
        "s-fax-3",
    ]


def test_headings_of_the_same_words_without_end_are_told_apart_soon() -> None:
    began = process_time()

    ids = [heading.id for heading in rendering.headings("#\n" * 30_000)]

    assert len(set(ids)) == 30_000
    assert process_time() - began < 10


def test_headings_say_what_they_say_without_marks() -> None:
    assert rendering.headings("## The *Form* `A7`\n\ntext\n\n#### ¿Qué?") == (
        Heading(2, "The Form A7", "s-the-form-a7"),
        Heading(4, "¿Qué?", "s-que"),
    )


def test_a_heading_of_signs_alone_has_an_id() -> None:
    assert [heading.id for heading in rendering.headings("## ???")] == ["s-part"]


def test_tables_scroll_are_named_and_have_headers() -> None:
    table = html("| Service | Days |\n|:--|--:|\n| MRI | 3 |")

    assert '<div class="pt-table-scroll" role="region" tabindex="0" aria-label="Service, Days">' in table
    assert '<th scope="col">Service</th>' in table
    assert '<th scope="col" class="pt-numeric">Days</th>' in table
    assert '<td class="pt-numeric">3</td>' in table


def test_an_empty_header_is_no_header() -> None:
    assert "<td></td>" in html("|  | Days |\n|--|--|\n| MRI | 3 |").split("<tbody>", maxsplit=1)[0]


def test_images_are_the_version_s_own() -> None:
    assert '<img src="/files/1/" alt="How it runs" loading="lazy">' in html("![How it runs](flow.png)")
    assert '<img src="/files/1/"' in html("![How it runs](attachment:flow.png)")


@pytest.mark.parametrize(
    "source",
    ["https://elsewhere.example/a.png", "/files/1/", "other.png", "data:image/png;base64,AA", "../flow.png"],
)
def test_an_image_from_elsewhere_is_only_its_words(source: str) -> None:
    shown = html(f"![How it runs]({source})")

    assert "<img" not in shown
    assert "How it runs" in shown


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("library:prior-authorization", "/library/prior-authorization/"),
        ("library:prior-authorization#By fax", None),
        ("<library:prior-authorization#By fax>", "/library/prior-authorization/#s-by-fax"),
        ("library:prior-authorization#by-fax", "/library/prior-authorization/#s-by-fax"),
        ("#by-fax", "#s-by-fax"),
        ("<attachment:form 7.pdf>", "/files/2/"),
        ("/help/", "/portal/help/"),
        ("mailto:desk@plan.example", "mailto:desk@plan.example"),
        ("tel:+18005550100", "tel:+18005550100"),
    ],
)
def test_links_lead_where_they_say(written: str, address: str | None) -> None:
    shown = html(f"[Read on]({written})")

    assert ("href" in shown) is (address is not None)
    assert address is None or f'<a href="{address}" class="usa-link">Read on</a>' in shown


def test_a_link_out_of_the_portal_tells_the_other_side_nothing() -> None:
    shown = html("[The rule](https://rules.example/a?b=c)")

    assert 'rel="noopener noreferrer"' in shown
    assert 'class="usa-link usa-link--external"' in shown


@pytest.mark.parametrize(
    "address",
    [
        "library:unknown",
        "attachment:unknown.pdf",
        "/unknown/",
        "//elsewhere.example/",
        "/%5Celsewhere.example/",
        "ftp://elsewhere.example/",
        "JaVaScRiPt:alert(1)",
        "java%0ascript:alert(1)",
        "data:text/html,hello",
        "../../etc/passwd",
    ],
)
def test_a_link_that_leads_nowhere_is_only_its_words(address: str) -> None:
    shown = html(f"before [Read on]({address}) after")

    assert "href" not in shown
    assert "Read on" in shown
    assert shown.endswith("after</p>\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert`1`)",
        "![a](x onerror=alert(1))",
        '![" onerror="alert(1)](flow.png)',
        '[a](library:x "onmouseover=alert(1)")',
        "<iframe src=//elsewhere.example></iframe>",
        "| <style>@import 'x'</style> |\n|--|\n| x |",
        '| " onfocus="alert(1) |\n|--|\n| x |',
        "<https://e.example/\"onclick='alert(1)'>",
        "```\n</code><script>alert(1)</script>\n```",
        "&#60;script&#62;alert(1)&#60;/script&#62;",
    ],
    ids=range(14),
)
def test_nothing_hostile_comes_through_as_markup(hostile: str) -> None:
    shown = html(hostile)
    tags = {"a", "p", "img", "div", "table", "thead", "tbody", "tr", "th", "td", "pre", "code", "span"}
    names = {"href", "rel", "class", "src", "alt", "loading", "role", "tabindex", "aria-label", "scope"}

    assert nh3.clean(shown, tags=tags, attributes={"*": names}, link_rel=None) == shown
    assert not {"script", "svg", "iframe", "style"} & {
        part.split()[0].strip("/>") for part in shown.split("<")[1:]
    }


def test_words_are_what_a_reader_reads() -> None:
    body = (
        "# Fax *numbers*\n\nCall [us](tel:1) or\nwrite.\n\n| A | B |\n|--|--|\n| 1 | `x` |\n\n"
        "- one\n- ![two](a.png)\n\n    code"
    )

    assert rendering.words(body).splitlines() == [
        "Fax numbers",
        "Call us or write.",
        "A",
        "B",
        "1",
        "x",
        "one",
        "two",
        "code",
    ]


def test_links_of_a_text_are_told_with_what_they_say() -> None:
    found = rendering.links("[the *manual*](library:manual#part) ![a flow](flow.png) <https://a.example/>")

    assert [(link.lead, link.target, link.fragment, link.says, link.is_image) for link in found] == [
        (Lead.DOCUMENT, "manual", "s-part", "the manual", False),
        (Lead.ATTACHMENT, "flow.png", "", "a flow", True),
        (Lead.OUTSIDE, "https://a.example/", "", "https://a.example/", False),
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "> ",
        "- ",
        "[",
        "![",
        "*",
        "**a ",
        "`",
        "<a ",
        "](",
        "| a ",
        "&",
        "_a_",
        "\\",
        "[a](",
        "~~a",
        "#",
        "[![a](",
    ],
    ids=range(17),
)
def test_a_text_of_one_mark_again_and_again_is_shown_in_seconds(piece: str) -> None:
    begun = process_time()
    html((piece * 20_000)[:20_000])

    assert process_time() - begun < 10
