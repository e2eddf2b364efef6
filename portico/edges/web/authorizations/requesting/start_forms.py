"""How a request begins: what it is, under which tax ID, and for whom."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.authorizations.facts.requested import Kind
from portico.edges.web.authorizations import labels
from portico.edges.web.members import forms as members
from portico.edges.web.rendering import Options


class _Starting(members.SearchForm):
    """Adds the kind of request to a search for its patient; the day and the line are not asked."""

    kind = forms.ChoiceField(
        label=labels.label("kind"),
        widget=Options(),
        error_messages={"required": "Choose what you ask for."},
    )

    def __init__(self, data: Any = None, *, kinds: Sequence[Kind], kind: str = "", **asked: Any) -> None:
        """Take the kinds this person may send; one alone is not asked."""
        super().__init__(data, lines=(), **asked)
        offered = self.fields["kind"]
        offered.choices = [(each.value, labels.KINDS_EXPLAINED[each]) for each in kinds]  # type: ignore[attr-defined]
        self.initial["kind"] = kind or kinds[0]
        for name in ("as_of", "line"):
            self.fields.pop(name, None)
        self.fields["tax_id"].label = labels.label("tax_id")
        self.order_fields(["kind", *self.order, "tax_id"])


class ByMemberId(_Starting, members.ByMemberIdForm):
    """For the patient of a member ID."""


class BySsn(_Starting, members.BySsnForm):
    """For the patient of a Social Security number."""


class ByName(_Starting, members.ByNameForm):
    """For the patient of a name."""


FORMS: Final[dict[str, type[_Starting]]] = {
    members.MEMBER_ID: ByMemberId,
    members.SSN: BySsn,
    members.NAME: ByName,
}
StartForm = _Starting
