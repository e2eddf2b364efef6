"""Noting one deposit, or a file of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms

from portico.domains.claims.deposits import NewDeposit
from portico.edges.web.remittances import deposit_files
from portico.edges.web.remittances.deposit_files import NotADepositFile, Read
from portico.edges.web.remittances.forms import TaxIdForm
from portico.edges.web.rendering import DayField, DayPickerInput

AHEAD: Final = "The day lies ahead."
TOO_LARGE: Final = "The file is larger than 256 KB. Split it."
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}


class OwnTaxIdForm(TaxIdForm):
    """For which tax ID, which has to be said."""

    tax_id = forms.CharField(
        label="Tax ID", widget=forms.Select(), error_messages={"required": "Choose the tax ID."}
    )


class DepositForm(OwnTaxIdForm):
    """One deposit, as the bank's statement has it."""

    field_order = ("number", "amount", "deposited_on", "tax_id")
    number = forms.CharField(
        label="Payment number",
        help_text="Of the check or the transfer.",
        max_length=deposit_files.LONGEST_NUMBER,
        widget=forms.TextInput(_TYPED),
        error_messages={"required": "Enter the payment number."},
    )
    amount = forms.CharField(
        label="Amount",
        help_text="Dollars and cents.",
        max_length=20,
        widget=forms.TextInput({**_TYPED, "inputmode": "decimal", "class": "pt-width-10"}),
        error_messages={"required": "Enter the amount."},
    )
    deposited_on = DayField(
        label="Deposited on", widget=DayPickerInput(), error_messages={"required": "Enter the day."}
    )

    def __init__(self, data: Any = None, *, tax_ids: Sequence[str], today: date) -> None:
        """Offer the tax IDs; the day is today's unless another is given."""
        super().__init__(data, tax_ids=tax_ids, initial={"deposited_on": today})
        self._today = today

    def clean_number(self) -> str:
        """The number, as it fits."""
        try:
            return deposit_files.number(self.cleaned_data["number"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_amount(self) -> Decimal:
        """Dollars and cents."""
        try:
            return deposit_files.amount(self.cleaned_data["amount"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_deposited_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["deposited_on"]
        if day > self._today:
            raise forms.ValidationError(AHEAD)
        return day

    def deposit(self) -> NewDeposit:
        """The deposit of the valid form."""
        asked = self.cleaned_data
        return NewDeposit(asked["number"], asked["amount"], asked["deposited_on"])


class DepositFileForm(OwnTaxIdForm):
    """A file of deposits."""

    field_order = ("file", "tax_id")
    file = forms.FileField(
        label="File of deposits",
        help_text="CSV with the columns payment_number, amount and deposited_on; up to 1,000 lines.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, tax_ids: Sequence[str], today: date) -> None:
        """Offer the tax IDs."""
        super().__init__(data, tax_ids=tax_ids, files=files)
        self._today = today

    def clean_file(self) -> Read:
        """What the file holds."""
        content = bytes(self.cleaned_data["file"].read(deposit_files.MOST_BYTES + 1))
        if len(content) > deposit_files.MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE)
        try:
            return deposit_files.read(content, today=self._today)
        except NotADepositFile as error:
            raise forms.ValidationError(str(error)) from None
