"""Forms as drawn: labels, hints, errors beside their field, days as people type them."""

from datetime import date

import pytest
from django import forms

from portico.edges.web import rendering


class Enquiry(forms.Form):
    member_id = forms.CharField(label="Member ID", help_text="As on the card")
    born_on = rendering.DayField(label="Birth date")
    as_of = rendering.DayField(label="As of", required=False, widget=rendering.DayPickerInput)
    line = forms.ChoiceField(choices=(("a", "One"), ("b", "Two")), widget=rendering.Options)
    specialty = forms.ChoiceField(choices=(("a", "One"), ("b", "Two")), widget=rendering.ComboBox)
    agreed = forms.BooleanField(label="I agree")


@pytest.mark.parametrize("typed", ["03/12/1984", "3/12/1984", "03-12-1984", "03121984", "1984-03-12"])
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert rendering.DayField().clean(typed) == date(1984, 3, 12)


@pytest.mark.parametrize("typed", ["13/45/1984", "03/12/84", "yesterday", "02/30/2026"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="mm/dd/yyyy, for example"):
        rendering.DayField().clean(typed)


def test_a_control_names_its_hint_and_its_error() -> None:
    drawn = Enquiry({})["member_id"].as_field_group()
    assert 'aria-describedby="id_member_id_helptext id_member_id_error"' in drawn
    assert 'id="id_member_id_helptext"' in drawn
    assert 'id="id_member_id_error"' in drawn
    assert 'class="usa-input usa-input--error"' in drawn


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    drawn = Enquiry()["line"].as_field_group()
    assert '<legend class="usa-legend">' in drawn
    assert drawn.count('class="usa-radio__input"') == 2


def test_a_single_checkbox_is_followed_by_its_label() -> None:
    drawn = Enquiry()["agreed"].as_field_group()
    assert drawn.index("usa-checkbox__input") < drawn.index("usa-checkbox__label")


def test_the_summary_leads_to_each_wrong_field_and_takes_the_focus() -> None:
    drawn = str(Enquiry({"born_on": "13/45/1984"}))
    assert "autofocus" in drawn
    assert 'href="#id_member_id"' in drawn
    assert 'href="#id_line_0"' in drawn


def test_a_form_that_is_right_has_no_summary() -> None:
    assert "pt-error-summary" not in str(Enquiry())


def test_the_calendar_starts_where_the_field_stands() -> None:
    drawn = str(Enquiry(initial={"as_of": date(2026, 11, 21)})["as_of"])
    assert 'data-default-value="2026-11-21"' in drawn
    assert 'value="11/21/2026"' in drawn


def test_a_wrong_day_stays_as_typed() -> None:
    drawn = str(Enquiry({"as_of": "13/45/2026"})["as_of"])
    assert 'value="13/45/2026"' in drawn
    assert "data-default-value" not in drawn


def test_a_combo_box_is_a_plain_list_underneath() -> None:
    drawn = str(Enquiry({"specialty": "b"})["specialty"])
    assert 'class="usa-combo-box" data-default-value="b"' in drawn
    assert "<select" in drawn
