"""The forms of people without an account: to be called back, and to ask a question."""

from typing import Any, Final

from django import forms

from portico.domains.accounts.own import profile_rules
from portico.domains.support import rules
from portico.domains.support.enquiries import Asked
from portico.domains.support.rules import BestTime, Kind, Topic
from portico.edges.web.enquiry_words import TIMES, TOPICS
from portico.edges.web.once import OnceField
from portico.edges.web.rendering import Options

NO_PATIENTS: Final = "Nothing about a patient: no name, number or birth date."
WRONG_NUMBER: Final = "Enter a telephone number with its area code, such as (530) 555-0193."
LONGEST_NUMBER: Final = 40


class EnquiryForm(forms.Form):
    """What both forms ask."""

    kind: Kind

    once = OnceField()
    topic = forms.ChoiceField(
        label="What it is about",
        choices=[("", "Choose one"), *((str(topic), words) for topic, words in TOPICS.items())],
        error_messages={"required": "Choose what it is about."},
    )
    name = forms.CharField(
        label="Your name",
        max_length=rules.LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Enter your name."},
    )
    office_name = forms.CharField(
        label="Your office",
        required=False,
        max_length=rules.LONGEST_OFFICE,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    telephone = forms.CharField(
        label="Telephone",
        required=False,
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Enter the number we should call."},
    )
    email = forms.EmailField(
        label="Mail address",
        required=False,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a whole mail address, such as j.rivera@example.org."},
    )

    def clean_telephone(self) -> str:
        """The number as it is kept."""
        told = profile_rules.telephone(self.cleaned_data["telephone"])
        if told is None:
            raise forms.ValidationError(WRONG_NUMBER)
        return told

    def asked(self) -> Asked:
        """What the valid form asks."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        topic, best_time = Topic(said.pop("topic")), BestTime(said.pop("best_time", BestTime.ANY))
        return Asked(self.kind, topic, best_time=best_time, **said)


class CallBackForm(EnquiryForm):
    """Whom to call, when, and about what."""

    kind = Kind.CALL_BACK

    best_time = forms.ChoiceField(
        label="When we reach you best",
        choices=[(str(each), words) for each, words in TIMES.items()],
        initial=BestTime.ANY,
        widget=Options(),
        error_messages={"required": "Choose when.", "invalid_choice": "Choose one of these."},
    )
    text = forms.CharField(
        label="In a few words",
        help_text=NO_PATIENTS,
        required=False,
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
    field_order = ("topic", "name", "office_name", "telephone", "best_time", "email", "text")

    def __init__(self, data: Any = None) -> None:
        """Ask for the number; an address only to say that the wish has come."""
        super().__init__(data)
        self.fields["telephone"].required = True
        self.fields["email"].help_text = "If you would like a mail that your request has come."


class QuestionForm(EnquiryForm):
    """What is asked, and where the answer goes."""

    kind = Kind.QUESTION

    text = forms.CharField(
        label="Your question",
        help_text=NO_PATIENTS,
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Write your question."},
    )
    field_order = ("topic", "text", "name", "office_name", "email", "telephone")

    def __init__(self, data: Any = None) -> None:
        """Take either way to answer."""
        super().__init__(data)
        self.fields["email"].help_text = "Enter this or a telephone number."
