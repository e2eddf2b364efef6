"""Forms of what is done with a request that was sent."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from portico.domains.authorizations import change_rules, changing, reopening
from portico.domains.authorizations.answering import LONGEST, Answer, Handed
from portico.domains.authorizations.changing import Changes, Why
from portico.domains.authorizations.document_kinds import DocumentKind
from portico.domains.authorizations.draft_content import diagnoses_of
from portico.domains.authorizations.facts.requested import Kind, Level, PartySent, ServiceSent, System, Unit
from portico.domains.authorizations.facts.shown import AskedFacts, AuthorizationPage
from portico.edges.web.accounts.identity.forms import ACCEPTED, FAULTS
from portico.edges.web.authorizations import labels
from portico.edges.web.rendering import DayField, DayPickerInput, Options
from portico.shared.files import keeping
from portico.shared.files.checking import MOST_BYTES
from portico.shared.files.faults import Fault
from portico.shared.files.keeping import Looked

_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
WHY: Final = {
    Why.NOT_NEEDED: "The service is not needed any more",
    Why.BY_MISTAKE: "It was sent by mistake",
    Why.PATIENT_DECLINED: "The patient does not want it",
    Why.OTHER_PLAN: "Another plan pays for it",
    Why.OTHER: "Another reason",
}


class _WithFile(forms.Form):
    """A form to which a document may be added."""

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Take what was sent; a request of too many bytes (`sent`) arrived without its files."""
        super().__init__(data, files)
        self._is_large = sent > MOST_BYTES

    def clean(self) -> dict[str, Any]:
        """Say so where a file was too large to arrive."""
        cleaned = super().clean() or self.cleaned_data
        if self._is_large and not self.files:
            self.add_error(None, FAULTS[Fault.TOO_LARGE])
        return cleaned

    def add_file(self, name: str) -> None:
        """Ask for a document, and what it is."""
        self.fields[f"{name}kind"] = forms.ChoiceField(
            label="What the document is", choices=list(labels.DOCUMENTS.items()), required=False
        )
        self.fields[f"{name}file"] = forms.FileField(
            label="Document",
            help_text="PDF, PNG or JPEG, up to 5 MB.",
            required=False,
            max_length=None,
            allow_empty_file=True,
            widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        )

    def handed(self, name: str) -> tuple[Handed, ...]:
        """The document of the valid form, if one came; one that is not taken is said beside it."""
        sent = self.cleaned_data.get(f"{name}file")
        if sent is None:
            return ()
        found = keeping.look(sent.name, bytes(sent.read(MOST_BYTES + 1)))
        if not isinstance(found, Looked):
            self.add_error(f"{name}file", FAULTS[found])
            return ()
        return (Handed(self.cleaned_data.get(f"{name}kind") or DocumentKind.OTHER, found),)


class AnswerForm(_WithFile):
    """Words and a document for each question of the plan that is open."""

    def __init__(
        self, data: Any = None, files: Any = None, *, asked: Iterable[AskedFacts], sent: int = 0
    ) -> None:
        """Ask for the answers to these."""
        super().__init__(data, files, sent=sent)
        self.asked = tuple(asked)
        for place, each in enumerate(self.asked, 1):
            about = f", about service {each.service}" if each.service else ""
            self.fields[f"a{place}-text"] = forms.CharField(
                label=f"Answer {place}{about}" if len(self.asked) > 1 or about else "Your answer",
                help_text=each.text,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 4, **_PRIVATE}),
            )
            self.add_file(f"a{place}-")

    def answers(self) -> list[Answer]:
        """What the valid form answers."""
        return [
            Answer(each.id, self.cleaned_data.get(f"a{place}-text", ""), self.handed(f"a{place}-"))
            for place, each in enumerate(self.asked, 1)
        ]


class AgainForm(_WithFile):
    """Why the plan should look again."""

    why = forms.CharField(
        label="Why the plan should look again",
        help_text="What speaks against the reason that was given: twenty letters or more.",
        min_length=reopening.LEAST,
        max_length=reopening.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, **_PRIVATE}),
        error_messages={"required": "Say why the plan should look again."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Ask for the words, and for a document."""
        super().__init__(data, files, sent=sent)
        self.add_file("")


class AddForm(_WithFile):
    """One document more."""

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Ask for it."""
        super().__init__(data, files, sent=sent)
        self.add_file("")
        self.fields["file"].required = True
        self.fields["file"].error_messages["required"] = "Choose a file."


class CancelForm(forms.Form):
    """Why a request is given up."""

    why = forms.ChoiceField(
        label="Why it is given up",
        choices=list(WHY.items()),
        widget=Options(),
        error_messages={"required": "Choose a reason."},
    )


class DischargeForm(forms.Form):
    """When the patient left."""

    on = DayField(
        label="Discharge date",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the day on which the patient left."},
    )


class MoreForm(forms.Form):
    """More of a service that was approved, or further days."""

    service = forms.ChoiceField(label="Service", error_messages={"required": "Choose a service."})
    quantity = forms.DecimalField(
        label="How many more",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "decimal"}),
        error_messages={"required": "Enter how many more.", "invalid": "Enter a number."},
    )
    first_on = DayField(
        label=labels.label("services.first_on"),
        widget=DayPickerInput(),
        error_messages={"required": "Enter the first day."},
    )
    last_on = DayField(
        label=labels.label("services.last_on"),
        widget=DayPickerInput(),
        error_messages={"required": "Enter the last day."},
    )

    def __init__(self, data: Any = None, *, told: AuthorizationPage) -> None:
        """Offer the services of the request."""
        super().__init__(data)
        self._services = {str(each.position): each for each in told.services}
        self.fields["service"].choices = [  # type: ignore[attr-defined]
            (place, f"{place}: {each.code or labels.service_type(each.service_type)}")
            for place, each in self._services.items()
        ]

    def asked(self) -> ServiceSent:
        """The service of the valid form, as it is asked for anew."""
        given = self.cleaned_data
        held = self._services[given["service"]]
        return ServiceSent(
            quantity=given["quantity"],
            unit=Unit(held.unit),
            first_on=given["first_on"],
            last_on=given["last_on"],
            service_type=held.service_type,
            system=System(held.system),
            code=held.code,
            modifiers=held.modifiers,
        )


class ChangeForm(forms.Form):
    """The fields of a request that may still be changed, as they stand."""

    level = forms.ChoiceField(
        label=labels.label("level"), choices=list(labels.LEVELS.items()), widget=Options()
    )
    urgency = forms.CharField(
        label=labels.label("urgency"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, **_PRIVATE}),
    )
    diagnoses = forms.CharField(
        label=labels.label("diagnoses"),
        max_length=200,
        help_text="ICD-10-CM, the main one first, with spaces between.",
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={"required": "Enter at least one diagnosis code."},
    )
    place = forms.ChoiceField(
        label=labels.label("place"),
        required=False,
        choices=[("", "Not said"), *((code, labels.place(code)) for code in labels.PLACES)],
    )
    servicing = forms.CharField(
        label=f"{labels.label('servicing')} NPI",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric"}),
    )
    facility = forms.CharField(
        label=f"{labels.label('facility')} NPI",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric"}),
    )
    contact_name = forms.CharField(label=labels.label("contact_name"), required=False, max_length=120)
    contact_telephone = forms.CharField(
        label=labels.label("contact_telephone"), required=False, max_length=20
    )

    def __init__(self, data: Any = None, *, told: AuthorizationPage) -> None:
        """Show what may be changed now."""
        listed = told.listed
        parties = {each.role.value: each.npi for each in told.parties}
        super().__init__(
            data,
            initial={
                "level": listed.level,
                "urgency": told.urgency,
                "diagnoses": " ".join(map(labels.diagnosis, told.diagnoses)),
                "place": told.place,
                "servicing": parties.get("servicing", ""),
                "facility": parties.get("facility", ""),
                "contact_name": told.contact_name,
                "contact_telephone": told.contact_telephone,
            },
        )
        was_decided = listed.decided_at is not None
        kept = change_rules.fields(Kind(listed.kind), listed.state, was_decided=was_decided)
        for name in set(self.fields) - kept:
            del self.fields[name]

    def changes(self, *, sends_anyway: bool) -> Changes:
        """What the valid form changes; a provider that was not touched stays as it is."""
        given = self.cleaned_data
        touched = {name: given[name] for name in self.changed_data if name in given}
        told: dict[str, Any] = {}
        for name, value in touched.items():
            if name in ("servicing", "facility"):
                if value:
                    told[name] = PartySent(value)
            elif name == "diagnoses":
                told[name] = diagnoses_of(value)
            else:
                told[name] = Level(value) if name == "level" else value
        return changing.Changes(**told, sends_anyway=sends_anyway)
