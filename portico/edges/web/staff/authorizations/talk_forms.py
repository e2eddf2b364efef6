"""Forms of the plan's desk for talks: times offered, and what came of a talk."""

from typing import Final

from django import forms

from portico.domains.authorizations.slots import LONGEST, SHORTEST
from portico.domains.authorizations.talks_desk import LONGEST as LONGEST_WORDS
from portico.edges.web.authorizations.talks.words import OUTCOMES
from portico.edges.web.rendering import DayField, DayPickerInput, Options

MISSED: Final = "missed"
_TIME: Final = {"class": "pt-width-10", "autocomplete": "off"}
_WRONG: Final = {"invalid": "Enter a time such as 09:00."}


class OfferForm(forms.Form):
    """Talks one after the other between two times of a day."""

    on = DayField(label="Day", help_text="mm/dd/yyyy", widget=DayPickerInput())
    begins = forms.TimeField(
        label="From",
        help_text="Such as 09:00, in the zone your pages show.",
        widget=forms.TimeInput(_TIME),
        error_messages=_WRONG,
    )
    ends = forms.TimeField(
        label="To", help_text="Such as 11:30.", widget=forms.TimeInput(_TIME), error_messages=_WRONG
    )
    minutes = forms.IntegerField(
        label="Minutes of each talk",
        min_value=SHORTEST,
        max_value=LONGEST,
        initial=20,
        widget=forms.NumberInput(_TIME),
    )

    def __init__(self, *args: object, **more: object) -> None:
        """Name the fields apart from those of other forms of the page."""
        super().__init__(*args, auto_id="offer_%s", **more)  # type: ignore[arg-type, misc]


class OutcomeForm(forms.Form):
    """What came of a talk."""

    outcome = forms.ChoiceField(
        label="What came of it",
        choices=[*OUTCOMES.items(), (MISSED, "Nobody was reached")],
        widget=Options(),
    )
    words = forms.CharField(
        label="What was said",
        required=False,
        max_length=LONGEST_WORDS,
        help_text="For the plan's own record. Needed unless nobody was reached.",
        widget=forms.Textarea({"rows": 4}),
    )
