"""The forms of the steps that choose, and what every form of a step has in common."""

from typing import Any

from django import forms

from portico.domains.registration.catalogue_rows import Holds
from portico.edges.web.register import choices, words
from portico.edges.web.register.kept import LONGEST, REGIONS, Kept
from portico.edges.web.register.offered import Offered


class StepForm(forms.Form):
    """A form of a step, which begins with what is kept."""

    def __init__(self, data: Any = None, *, kept: Kept, offered: Offered) -> None:
        """Take what was sent, or nothing."""
        super().__init__(data, initial=dict(kept.values))
        self.kept, self.offered = kept, offered

    def typed(self) -> dict[str, object]:
        """What was typed into it, right or wrong, as it is to be kept."""
        return {name: str(self.data.get(name, ""))[:LONGEST] for name in self.fields}


class RegionForm(StepForm):
    """Where the office sees members."""

    regions = forms.MultipleChoiceField(
        label="Regions",
        help_text="Choose every one in which you see members of the plan.",
        widget=choices.Columns(),
        error_messages={
            "required": "Choose at least one region.",
            "invalid_choice": "The plan does not serve one of these regions. Choose again.",
        },
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the regions of the plan."""
        super().__init__(*arguments, **named)
        choices.offer(self, REGIONS, [(each.code, each.name) for each in self.offered.regions])

    def typed(self) -> dict[str, object]:
        """The regions that were chosen, as far as the plan serves them."""
        chosen = self[REGIONS].value() or []
        return {REGIONS: [each.code for each in self.offered.regions if each.code in chosen]}


class AccountForm(StepForm):
    """What kind of office it is."""

    account_type = forms.ChoiceField(
        label="What do you register?",
        widget=choices.Tiles(),
        error_messages={
            "required": "Choose what you register.",
            "invalid_choice": "This cannot be registered. Choose again.",
        },
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the account types of the catalogue."""
        super().__init__(*arguments, **named)
        types = self.offered.account_types
        rows = [(each.value, *words.ACCOUNT_TYPES[each]) for each in types]
        choices.offer(self, "account_type", choices.described(rows))


class PersonForm(StepForm):
    """As what the person registers, out of what the catalogue offers for the kind of office."""

    user_type = forms.ChoiceField(
        label="What are you there?",
        widget=choices.Tiles(),
        error_messages={
            "required": "Choose what you are.",
            "invalid_choice": "This is not offered for this kind of office. Choose again.",
        },
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Offer the user types of the account type."""
        super().__init__(*arguments, **named)
        rows = [(each.code, each.name, each.says) for each in self._offers()]
        choices.offer(self, "user_type", choices.described(rows))

    @property
    def is_nobody(self) -> bool:
        """Was one chosen who does not register, but is invited?"""
        chosen = self.data.get("user_type")
        return any(each.code == chosen and each.holds is Holds.NOBODY for each in self._offers())

    def clean_user_type(self) -> str:
        """Refuse one who does not register: the page leads that person elsewhere."""
        if self.is_nobody:
            raise forms.ValidationError("Choose what you are.")
        return str(self.cleaned_data["user_type"])

    def _offers(self) -> Any:
        return self.offered.of(self.kept.text("account_type"))
