"""The forms of the library's desk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms

from portico.domains.library import rules
from portico.domains.library.wording import MOST_SUMMARY, MOST_TITLE, About, Wording
from portico.domains.plan import catalogue
from portico.domains.plan.verification_rules import OFFICE_TYPES
from portico.edges.web import identity_words
from portico.edges.web.reading.words import KINDS
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput
from portico.edges.web.staff.library import words

EVERY: Final = "all"
ABOUT: Final = ("kind", "material_number", "part_of", "position", "topics")


class AboutForm(forms.Form):
    """What holds for every version."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[("", "Choose"), *KINDS.items()],
        error_messages={"required": "Choose what it is."},
    )
    material_number = forms.CharField(
        label="Material number",
        help_text="As it is printed, such as 23-346m. People find it in any case and spacing.",
        required=False,
        max_length=rules.MOST_MATERIAL_NUMBER,
        widget=forms.TextInput({"class": "pt-width-10", "autocomplete": "off"}),
    )
    part_of = forms.CharField(
        label="Lies in",
        help_text="The key of the manual or chapter it is a part of.",
        required=False,
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    position = forms.IntegerField(
        label="Place in it",
        help_text="Parts stand in the order of this number.",
        required=False,
        min_value=0,
        max_value=32_767,
        widget=forms.NumberInput({"class": "pt-width-10"}),
    )
    topics = forms.MultipleChoiceField(label="Topics", required=False, widget=Checkboxes())

    def __init__(self, *taken: Any, topics: Mapping[str, str], **options: Any) -> None:
        """`topics`: names by code."""
        super().__init__(*taken, **options)
        self._offer("topics", topics)

    def about(self) -> About:
        """What the valid form says."""
        said = self.cleaned_data
        return About(
            kind=said.get("kind", ""),
            material_number=said.get("material_number", ""),
            part_of=said.get("part_of", ""),
            position=said.get("position") or 0,
            topics=tuple(sorted(said.get("topics", ()))),
        )

    def _offer(self, field: str, choices: Mapping[str, str]) -> None:
        offered = self.fields[field]
        assert isinstance(offered, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        offered.choices = list(choices.items())
        if not choices:
            del self.fields[field]


class TextForm(AboutForm):
    """A version, and with a document that is new or unpublished what holds for every version."""

    title = forms.CharField(
        label="Title", max_length=MOST_TITLE, error_messages={"required": "Enter the title."}
    )
    summary = forms.CharField(
        label="In one or two sentences",
        help_text="Shown where the document is found.",
        required=False,
        max_length=MOST_SUMMARY,
        widget=forms.Textarea({"rows": 2}),
    )
    body = forms.CharField(
        label="Text",
        help_text=(
            "Markdown: ## begins a heading, - a point, | a row of a table. [words](library:key) links to a "
            "document, ![words](attachment:name) shows a picture of this version."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 24, "class": "pt-terms-text"}),
    )
    lines = forms.MultipleChoiceField(
        label="Lines of business",
        widget=Checkboxes(),
        error_messages={"required": "Choose every line, or those it is for."},
    )
    regions = forms.MultipleChoiceField(
        label="Regions", help_text="None chosen: every region.", required=False, widget=Checkboxes()
    )
    office_types = forms.MultipleChoiceField(
        label="Types of office",
        help_text="None chosen: every type.",
        required=False,
        choices=[(each, identity_words.ACCOUNT_TYPES[each]) for each in OFFICE_TYPES],
        widget=Checkboxes(),
    )
    first_on = DayField(
        label="First day it counts",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the first day it counts."},
    )
    last_on = DayField(label="Last day", required=False, widget=DayPickerInput())
    must_read_by = DayField(
        label="Has to be read by",
        help_text="People are asked to say that they read it. mm/dd/yyyy",
        required=False,
        widget=DayPickerInput(),
    )
    is_public = forms.BooleanField(label="Also for those who are not signed in", required=False)
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def __init__(self, *taken: Any, is_settled: bool = False, **options: Any) -> None:
        """`is_settled`: a version of it was published, so that what holds for every one is not asked for."""
        super().__init__(*taken, **options)
        offered = catalogue.choices()
        self._offer("lines", {EVERY: "Every line"} | offered.line_names)
        self._offer("regions", offered.region_names)
        for name in ABOUT if is_settled else ():
            self.fields.pop(name, None)
        asked = ("key", "title", "summary", "body", "kind", "material_number", "topics")
        self.order_fields([name for name in asked if name in self.fields])

    def wording(self) -> Wording:
        """What the valid form says of the version."""
        said = self.cleaned_data
        return Wording(
            title=said["title"],
            summary=said["summary"],
            body=said["body"].replace("\r\n", "\n"),
            lines=frozenset() if EVERY in said["lines"] else frozenset(said["lines"]),
            regions=frozenset(said.get("regions", ())),
            office_types=frozenset(said["office_types"]),
            is_public=said["is_public"],
            must_read_by=said["must_read_by"],
            first_on=said["first_on"],
            last_on=said["last_on"],
        )

    def seen_at(self) -> datetime | None:
        """When the version was saved that this form was filled in from; None where it does not say."""
        return _instant(self.cleaned_data["was"])


class NewForm(TextForm):
    """A document that is new."""

    key = forms.CharField(
        label="Key",
        help_text="It stands in the document's address and never changes, such as prior-authorization.",
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the key."},
    )


class FileForm(forms.Form):
    """A file that goes with a version."""

    file = forms.FileField(
        label="File",
        help_text="A PDF, a PNG or a JPEG of 20 MB at most.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    says = forms.CharField(label="What it is", required=False, max_length=200)


class ApproveForm(forms.Form):
    """When a version appears."""

    day = DayField(
        label="Day",
        help_text="Empty: it is published now. mm/dd/yyyy",
        required=False,
        widget=DayPickerInput(),
    )
    time = forms.TimeField(
        label="Time, by the plan's clocks",
        help_text="Such as 08:00. Empty: as the day begins.",
        required=False,
        widget=forms.TimeInput({"class": "pt-width-10", "autocomplete": "off"}),
        error_messages={"invalid": "Enter a time such as 08:00."},
    )

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def seen_at(self) -> datetime | None:
        """When the words had been sent that this form was shown with; None where it does not say."""
        return _instant(self.cleaned_data["seen"])


class RefuseForm(forms.Form):
    """What is to be changed."""

    answer = forms.CharField(
        label="What is to be changed?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": words.NO_ANSWER},
    )


def of_wording(about: About, said: Wording, changed_at: datetime) -> dict[str, Any]:
    """A form filled in with a version."""
    return {
        **of_about(about),
        "title": said.title,
        "summary": said.summary,
        "body": said.body,
        "lines": sorted(said.lines or ()) or [EVERY],
        "regions": sorted(said.regions),
        "office_types": sorted(said.office_types),
        "is_public": said.is_public,
        "must_read_by": said.must_read_by,
        "first_on": said.first_on,
        "last_on": said.last_on,
        "was": changed_at.isoformat(),
    }


def of_about(about: About) -> dict[str, Any]:
    """The form filled in with what holds for every version."""
    return {
        "kind": about.kind,
        "material_number": about.material_number,
        "part_of": about.part_of,
        "position": about.position or None,
        "topics": list(about.topics),
    }


def _instant(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None
