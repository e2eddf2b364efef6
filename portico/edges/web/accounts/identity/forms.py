"""Forms of verifying one's identity: a file, a choice of contact, a code."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.accounts.proving.provers import Choice
from portico.edges.web import identity_words as words
from portico.edges.web.rendering import Options
from portico.shared.files.checking import MOST_BYTES
from portico.shared.files.faults import Fault

ACCEPTED: Final = ".pdf,.png,.jpg,.jpeg"
FAULTS: Final = {
    Fault.EMPTY: "The file is empty.",
    Fault.TOO_LARGE: "The file is larger than 5 MB. Send a smaller picture, or fewer pages.",
    Fault.UNKNOWN: "This is no PDF, PNG or JPEG, whatever its name says. Send one of these.",
    Fault.DAMAGED: "The file is damaged or cut off. Send it again.",
    Fault.TOO_MANY_PIXELS: "The picture has too many pixels to be opened. Make it smaller and send it again.",
    Fault.ACTIVE: "The PDF holds scripts, forms or other files. Print it to a new PDF, and send that.",
    Fault.LOCKED: "The PDF is locked with a password. Send one without.",
    Fault.INFECTED: (
        "A virus was found in the file, so it was not kept. Check your computer before you send another."
    ),
    Fault.UNCHECKABLE: "The PDF is made in a way we cannot check. Print it to a new PDF, or send a picture.",
}


class FileForm(forms.Form):
    """One file to hand in."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=list(words.KINDS.items()),
        error_messages={"invalid_choice": "Choose what it is."},
    )
    file = forms.FileField(
        label="File",
        help_text="PDF, PNG or JPEG, up to 5 MB.",
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Take what was sent; a request of too many bytes (`sent`) arrived without its file."""
        super().__init__(data, files)
        if sent > MOST_BYTES:
            self.fields["file"].error_messages["required"] = FAULTS[Fault.TOO_LARGE]

    def content(self) -> bytes:
        """What the file holds, and one byte too many at most."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


class ChoiceForm(forms.Form):
    """Which contact, or which provider."""

    choice = forms.ChoiceField(
        label="Choose one",
        widget=Options(),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, data: Any = None, *, choices: Sequence[Choice]) -> None:
        """Take the choices; one alone is chosen already."""
        super().__init__(data, initial={"choice": choices[0].key} if len(choices) == 1 else {})
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(each.key, f"{words.WAYS[each.way]} {each.shown}") for each in choices]


class PaymentForm(forms.Form):
    """The number and the amount of a payment."""

    number = forms.CharField(
        label="Payment number",
        help_text="Of the check or the transfer. Zeros in front do not matter.",
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the payment number."},
    )
    amount = forms.DecimalField(
        label="Amount",
        help_text="Dollars and cents, as in 1175.00.",
        max_digits=14,
        decimal_places=2,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "inputmode": "decimal",
                "class": "pt-width-10",
            }
        ),
        error_messages={
            "required": "Enter the amount.",
            "invalid": "Enter dollars and cents, as in 1175.00.",
        },
    )

    def __init__(self, data: Any = None) -> None:
        """Take what was sent; a dollar sign and commas are left out of the amount."""
        if data is not None:
            data = data.copy()
            data["amount"] = data.get("amount", "").strip().removeprefix("$").replace(",", "")
        super().__init__(data)


class ProofCodeForm(forms.Form):
    """The code that was mailed or read out."""

    code = forms.CharField(
        label="Code",
        help_text="Eight letters and digits. Small letters do, and the dash may be left out.",
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "pt-width-10",
            }
        ),
        error_messages={"required": "Enter the code."},
    )
