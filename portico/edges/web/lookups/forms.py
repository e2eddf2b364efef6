"""Which look-ups to show."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms

from portico.domains.access.mirror import MOST_DAYS, Sought
from portico.edges.web.lookups.words import DOORS
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
DAYS: Final = 7
TURNED: Final = "The last day comes before the first one."
TOO_LONG: Final = f"Look at no more than {MOST_DAYS} days at once."


class LooksForm(forms.Form):
    """Days, and who, whom, or which door; the plan names a tax ID."""

    tax_id = forms.CharField(
        label="Tax ID",
        max_length=12,
        widget=forms.TextInput({**TYPED, "inputmode": "numeric", "class": "pt-width-10"}),
        error_messages={"required": "Enter the tax ID that was asked under."},
    )
    first = DayField(
        label="From", widget=DayPickerInput(), error_messages={"required": "Enter the first day."}
    )
    last = DayField(label="To", widget=DayPickerInput(), error_messages={"required": "Enter the last day."})
    person = forms.CharField(
        label="Person or system", required=False, max_length=60, widget=forms.TextInput(TYPED)
    )
    member = forms.CharField(label="Member ID", required=False, max_length=90, widget=forms.TextInput(TYPED))
    door = forms.ChoiceField(
        label="Door", required=False, choices=(("", "Every door"), *((str(d), DOORS[d]) for d in DOORS))
    )
    user = forms.IntegerField(required=False, min_value=1, max_value=2**53, widget=forms.HiddenInput())
    after = forms.CharField(required=False, max_length=90, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, today: date, of_plan: bool) -> None:
        """Take what was sent; before that, the last days of an office."""
        first = today - timedelta(days=DAYS - 1)
        if data is None and not of_plan:
            data = {"first": f"{first:%m/%d/%Y}", "last": f"{today:%m/%d/%Y}"}
        super().__init__(data, initial={"first": first, "last": today})
        if not of_plan:
            del self.fields["tax_id"]

    def clean_tax_id(self) -> str:
        """Nine digits."""
        try:
            return identifiers.parse_tax_id(self.cleaned_data["tax_id"])
        except BadIdentifier as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        """The days are in order, and not too many."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", TURNED)
        elif first and last and (last - first).days >= MOST_DAYS:
            self.add_error("first", TOO_LONG)
        return cleaned

    def sought(self) -> Sought:
        """What the valid form asks for."""
        asked = self.cleaned_data
        return Sought(
            first=asked["first"],
            last=asked["last"],
            tax_id=asked.get("tax_id", ""),
            person=asked["person"],
            user_id=asked["user"],
            member=identifiers.compact_member_id(asked["member"]),
            door=asked["door"],
        )

    def is_narrowed(self) -> bool:
        """Does it ask for less than all of these days?"""
        return any(self.cleaned_data[name] for name in ("person", "member", "door", "user", "after"))

    def kept(self) -> dict[str, str]:
        """What was asked, as fields to send again; without the place in the list."""
        names = [name for name in self.fields if name != "after"]
        return {name: str(self[name].value()) for name in names if self[name].value() not in (None, "")}
