"""How every form is drawn: Django's renderer, a bound field that knows the design system's classes, and the
controls plain Django lacks (a typed day, a day with a calendar, a list one can search).

`FORM_RENDERER = "portico.edges.web.rendering.PorticoRenderer"` applies it to every form.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

DAY_FORMATS: Final = ("%m/%d/%Y", "%m-%d-%Y", "%m%d%Y", "%Y-%m-%d")

_CLASSES: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.CheckboxSelectMultiple, "usa-checkbox__input"),
    (forms.RadioSelect, "usa-radio__input"),
    (forms.CheckboxInput, "usa-checkbox__input"),
    (forms.Select, "usa-select"),
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "pt-file-input"),
    (forms.widgets.Input, "usa-input"),
)


def _control_class(widget: forms.Widget) -> str:
    return next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")


class PageBoundField(BoundField):
    """A field with the design system's class on its control, and the place an error link leads to."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the control's class, kept together with the classes its widget brought."""
        built = super().build_widget_attrs(attrs, widget)
        control = widget or self.field.widget
        names = [_control_class(control), str(control.attrs.get("class", "")), str(built.get("class", ""))]
        if self.errors and isinstance(control, forms.widgets.Input):
            names.append("usa-input--error")
        built["class"] = " ".join(dict.fromkeys(" ".join(names).split()))
        return built

    @property
    def focus_id(self) -> str:
        """Answer the id of the control that takes the focus; the first option where there are several."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def is_single_checkbox(self) -> bool:
        """Say whether the label stands after the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)


class PorticoRenderer(TemplatesSetting):
    """Draws forms with the templates in `forms/`; Django's own serve where we have none."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PageBoundField


class DayInput(forms.DateInput):
    """A day typed as mm/dd/yyyy, for days far from today such as a birth date."""

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        """Take further attributes of the control."""
        own = {"class": "pt-width-10", "inputmode": "numeric", "autocomplete": "off", "maxlength": 10}
        super().__init__(attrs={**own, **(attrs or {})}, format=DAY_FORMATS[0])


class DayPickerInput(DayInput):
    """A day typed as mm/dd/yyyy, with a calendar beside it where scripts run."""

    template_name = "forms/widgets/day_picker.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the value as the calendar reads it; a value that is no day stays as typed."""
        context = super().get_context(name, value, attrs)
        context["widget"]["default_day"] = _iso_day(context["widget"]["value"])
        return context


class DayField(forms.DateField):
    """A day as people type it: 03/12/2026, 3/12/2026, 03122026 or 2026-03-12."""

    widget = DayInput
    default_error_messages = {
        "invalid": "Enter a day as mm/dd/yyyy, for example 03/12/1984.",
    }

    def __init__(self, **options: Any) -> None:
        """Take what any field takes; the hint says the format unless another is given."""
        options.setdefault("help_text", "mm/dd/yyyy")
        super().__init__(input_formats=DAY_FORMATS, **options)


class ComboBox(forms.Select):
    """A list of choices one can search by typing where scripts run; a plain list elsewhere."""

    template_name = "forms/widgets/combo_box.html"


class Options(forms.RadioSelect):
    """A few choices as radio buttons."""

    template_name = "forms/widgets/options.html"
    option_template_name = "forms/widgets/option.html"


class InlineOptions(Options):
    """A few short choices as radio buttons on one line."""

    is_inline = True

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say that the options share a line."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_inline"] = True
        return context


class Checkboxes(forms.CheckboxSelectMultiple):
    """Several choices as checkboxes."""

    template_name = "forms/widgets/options.html"
    option_template_name = "forms/widgets/option.html"


def _iso_day(text: str | None) -> str:
    field = forms.DateField(required=False, input_formats=DAY_FORMATS)
    try:
        found = field.clean(text)
    except forms.ValidationError:
        return ""
    return found.isoformat() if found else ""
