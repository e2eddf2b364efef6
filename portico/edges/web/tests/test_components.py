"""The parts of pages: what they say, what they escape, and that none of them asks for what is not there."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import override_settings
from django_cotton.compiler_regex import CottonCompiler

from portico.edges.web.templatetags import portico as tags

WEB = Path(tags.__file__).parents[1]
HOSTILE = '"><script>alert(1)</script>'


def drawn(source: str, **context: Any) -> str:
    return Template(CottonCompiler().process(source)).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '<c-panel title="{{ words }}" id="a" as_of="{{ words }}">{{ words }}</c-panel>',
        '<c-panel :title="words" id="a" :failed="words" :support_url="words" />',
        '<c-alert tone="info" title="{{ words }}">{{ words }}</c-alert>',
        '<c-verdict tone="caution" :headline="words">{{ words }}</c-verdict>',
        '<c-fact label="{{ words }}">{{ words }}</c-fact>',
        "{% load portico %}{% fact words words %}",
        '<c-tag tone="positive">{{ words }}</c-tag>',
        '<c-member-strip name="{{ words }}" :member_id="words" status="{{ words }}" />',
        '<c-tile title="{{ words }}" url="{{ words }}" />',
        '<c-file-link url="{{ words }}" kind="{{ words }}">{{ words }}</c-file-link>',
    ],
)
def test_no_part_lets_markup_through(source: str) -> None:
    assert "<script" not in drawn(source, words=HOSTILE)


def test_an_apostrophe_is_escaped_once() -> None:
    assert drawn('<c-member-strip name="{{ name }}" />', name="O'Neil").count("O&#x27;Neil") == 1
    assert drawn('<c-verdict :headline="name" />', name="O'Neil").count("O&#x27;Neil") == 1


def test_a_part_sees_only_what_it_was_given() -> None:
    assert "leaked" not in drawn('<c-alert tone="info">Words</c-alert>', title="leaked")


def test_a_failed_panel_shows_its_reference_and_not_its_content() -> None:
    page = drawn('<c-panel title="Limits" failed="E-1" support_url="/support/">content</c-panel>')
    assert "E-1" in page
    assert 'href="/support/"' in page
    assert "content" not in page


def test_a_fact_of_words_alone_reads_as_one_of_markup_and_is_left_out_without_a_value() -> None:
    of_words = drawn('{% load portico %}{% fact "Plan" name %}', name="Tom & Ann")
    of_markup = drawn('<c-fact label="Plan">{{ name }}</c-fact>', name="Tom & Ann")
    assert of_words == re.sub(r"\s*(<[^>]+>)\s*", r"\1", of_markup)
    assert drawn('{% load portico %}{% fact "Plan" name %}', name="") == ""


def test_a_meter_says_in_words_what_it_draws() -> None:
    page = drawn('<c-meter label="Deductible" :used="a" :total="b" />', a=Decimal(1050), b=Decimal(1500))
    assert "$450 remaining" in page
    assert "$1,050 used of $1,500" in page


def test_a_met_amount_says_so() -> None:
    assert "Met" in drawn('<c-meter label="Deductible" :used="a" :total="a" />', a=Decimal(5))


def test_a_full_meter_says_what_that_means_there() -> None:
    page = drawn(
        '<c-meter label="Visits" :used="a" :total="a" unit="visits" full="Limit reached" />', a=Decimal(30)
    )
    assert "Limit reached" in page
    assert "30 visits used of 30 visits" in page


def test_an_amount_of_nothing_is_not_drawn_as_met() -> None:
    page = drawn('<c-meter label="Deductible" :used="a" :total="a" />', a=Decimal(0))
    assert "None" in page
    assert "<svg" not in page


def test_one_of_a_unit_is_singular() -> None:
    assert tags.amount(1, "visits") == "1 visit"
    assert tags.amount(Decimal("20.00"), "visits") == "20 visits"


@pytest.mark.parametrize(("value", "words"), [("1500", "$1,500.00"), ("-0.5", "-$0.50"), ("0", "$0.00")])
def test_money_reads_as_dollars(value: str, words: str) -> None:
    assert tags.money(Decimal(value)) == words


@pytest.mark.parametrize(
    ("value", "words"), [("1500", "$1,500"), ("12.5", "$12.50"), ("0", "$0"), ("1200.10", "$1,200.10")]
)
def test_an_amount_shows_cents_only_where_there_are_any(value: str, words: str) -> None:
    assert tags.amount(Decimal(value), "dollars") == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("5305550193", "(530) 555-0193"),
        ("530.555.0193", "(530) 555-0193"),
        ("1-800-555-0142", "1-800-555-0142"),
        ("18005550142", "1-800-555-0142"),
        ("555-0193", "555-0193"),
        ("5305550193 x12", "5305550193 x12"),
        ("", ""),
    ],
)
def test_a_telephone_number_is_grouped_where_it_is_one(number: str, words: str) -> None:
    assert tags.telephone(number) == words


def test_a_code_and_a_count_read_as_people_write_them() -> None:
    assert tags.spoken("no_other_coverage") == "No other coverage"
    assert tags.count(3654834) == "3,654,834"
    assert tags.count("none") == "none"


def test_days_and_instants_read_in_the_plans_time_zone() -> None:
    assert ">03/12/1984<" in tags.day(date(1984, 3, 12))
    assert tags.day(None) == ""
    with override_settings(PLAN_TIME_ZONE="America/Los_Angeles"):
        assert ">Nov 20, 2026, 4:05 PM PST<" in tags.instant(datetime(2026, 11, 21, 0, 5, tzinfo=UTC))


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_last_resort_pages_need_no_request(name: str) -> None:
    assert "E-9" in render_to_string(name, {"reference": "E-9"})


def _templates() -> Iterator[tuple[Path, str]]:
    for path in (WEB / "templates").rglob("*.html"):
        yield path, path.read_text()


def test_every_icon_asked_for_is_in_the_sheet() -> None:
    known = set(json.loads((WEB / "assets" / "icons.json").read_text()))
    asked = {
        name
        for _, text in _templates()
        for name in re.findall(r'{% icon "([^"]+)"', text) + re.findall(r' symbol="([^"{]+)"', text)
    }
    assert asked <= known


def test_no_template_carries_inline_script_or_style() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    assert [path.name for path, text in _templates() if inline.search(text)] == []


@pytest.mark.parametrize(("is_required", "says_so"), [(True, True), (False, False)], ids=["must", "may"])
def test_a_form_speaks_of_required_fields_where_it_has_one(is_required: bool, says_so: bool) -> None:
    class Asked(forms.Form):
        name = forms.CharField(required=is_required)
        number = forms.CharField(widget=forms.HiddenInput)

    said = drawn('<c-form :form="form" method="get" />', form=Asked())
    assert ("are required" in said) is says_so
