"""Forms of what is done about a registration: a word on a field, sending back, yes, no, a proof."""

from typing import Any

from django import forms

from portico.domains.registration.claims import Basis, Finding
from portico.domains.registration.deciding_rules import BASES, MOST_NOTE, Back, Denial, Obstacle, may_be_asked
from portico.domains.registration.review import Case
from portico.edges.web.register.decision_words import DENIALS
from portico.edges.web.register.decision_words import MISSING as MISSING_WORDS
from portico.edges.web.rendering import Checkboxes, Options
from portico.edges.web.staff.registrations import words


class SeenForm(forms.Form):
    """What a decision is on: the case as it was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)


class CheckForm(SeenForm):
    """A person's word on a field."""

    finding = forms.TypedChoiceField(
        label="Is it right?",
        choices=[
            (str(Finding.ACCEPTED), "Yes, it is right all the same"),
            (str(Finding.REJECTED), "No, it is wrong"),
        ],
        coerce=Finding,
        widget=Options(),
        error_messages={"required": "Choose whether it is right."},
    )
    basis = forms.TypedChoiceField(
        label="How did you make sure?",
        choices=[(str(each), words.BASES[each].capitalize()) for each in BASES],
        coerce=Basis,
        widget=Options(),
        error_messages={"required": "Choose how you made sure."},
    )


class ReturnForm(forms.Form):
    """What the applicant is asked for."""

    reason = forms.TypedChoiceField(
        label="Why it goes back",
        choices=[(str(each), said) for each, said in words.BACKS.items()],
        coerce=Back,
        widget=Options(),
        error_messages={"required": "Choose why it goes back."},
    )
    missing = forms.MultipleChoiceField(
        label="What you ask for",
        help_text="The applicant reads this as a list.",
        widget=Checkboxes(),
        error_messages={"required": "Choose what you ask for."},
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        """Offer what an applicant of this type can correct or hand in."""
        super().__init__(data)
        asked = may_be_asked(case.offer.needs if case.offer else ())
        field = self.fields["missing"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker which field
        field.choices = [(each, MISSING_WORDS[each]) for each in asked]


class ApproveForm(SeenForm):
    """A yes, and what it includes where something would stand in its way."""

    takes_licence = forms.BooleanField(
        error_messages={"required": "Say that the licence passes on, or do not approve."}
    )
    joins = forms.BooleanField(
        error_messages={"required": "Say that the applicant joins the office, or do not approve."}
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        """Ask only for what stands in the way."""
        super().__init__(data, initial={"seen": case.seen})
        if Obstacle.LICENCE_CLAIMED in case.obstacles:
            self.fields["takes_licence"].label = f"The licence passes on from {case.owner}, who is told"
        else:
            del self.fields["takes_licence"]
        if Obstacle.OFFICE_EXISTS in case.obstacles:
            self.fields["joins"].label = f"The applicant joins {case.offices[0].name} as an administrator"
        else:
            del self.fields["joins"]


class DenyForm(forms.Form):
    """Why not."""

    reason = forms.TypedChoiceField(
        label="Why not",
        help_text="The applicant reads this, with what it means and how to appeal.",
        choices=[(str(each), DENIALS[each].headline) for each in Denial],
        coerce=Denial,
        widget=Options(),
        error_messages={"required": "Choose why not.", "invalid_choice": "Choose one of these."},
    )


class RecogniseForm(forms.Form):
    """Which office it is."""

    office = forms.TypedChoiceField(
        label="The office that is here already",
        coerce=int,
        widget=Options(),
        error_messages={"required": "Choose the office."},
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        """Offer the offices that bill under a claimed tax ID."""
        super().__init__(data)
        field = self.fields["office"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(each.id, each.name) for each in case.offices]


class WithdrawForm(forms.Form):
    """Why it is taken back."""

    why = forms.CharField(
        label="Why it is taken back",
        help_text="For the plan alone. The applicant reads only that the plan looks at it again.",
        max_length=MOST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it is taken back."},
    )


class ProofForm(forms.Form):
    """How the caller showed who they are."""

    proof = forms.CharField(
        label="How the caller showed who they are",
        help_text="For the plan alone. Call a number on file, not one the caller names.",
        max_length=MOST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say how the caller showed who they are."},
    )
