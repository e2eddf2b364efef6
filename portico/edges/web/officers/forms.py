"""Forms about officers: what is given up, how the plan can make sure, and what the plan's desk decides."""

from typing import Final

from django import forms

from portico.domains.access.officers.leaving import What
from portico.domains.access.officers.rules import BY_DESK, LONGEST_WORDS, Proof, Refusal
from portico.edges.web.officers import words
from portico.edges.web.rendering import Options

WHICH_BY_DESK: Final = [(str(each), words.REFUSALS[each]) for each in BY_DESK]


class LeavingForm(forms.Form):
    """What is given up."""

    what = forms.TypedChoiceField(
        label="What do you give up?",
        choices=[(str(each), label) for each, (label, _) in words.WHAT.items()],
        coerce=What,
        widget=Options(),
        error_messages={"required": "Choose what you give up.", "invalid_choice": "Choose one of these."},
    )


class ClaimForm(forms.Form):
    """How the plan can make sure that the office wants this."""

    text = forms.CharField(
        label="How can we make sure with your office?",
        help_text="Whom we can ask, by what we have on file of your office: for example, our physician at "
        "our main number. Nothing about a patient.",
        max_length=LONGEST_WORDS,
        strip=True,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write whom we can ask."},
    )


class ProofForm(forms.Form):
    """How the plan made sure."""

    proof = forms.TypedChoiceField(
        label="How did you make sure?",
        choices=[(str(each), label) for each, label in words.PROOFS.items()],
        coerce=Proof,
        widget=Options(),
        error_messages={"required": "Choose how you made sure.", "invalid_choice": "Choose one of these."},
    )


class RefusalForm(forms.Form):
    """Why the plan says no."""

    refusal = forms.TypedChoiceField(
        label="Why not?",
        choices=WHICH_BY_DESK,
        coerce=Refusal,
        widget=Options(),
        error_messages={"required": "Choose why not.", "invalid_choice": "Choose one of these."},
    )
