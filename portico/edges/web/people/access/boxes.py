"""The boxes of the form that gives access, each with what it opens and why it is closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.access.delegating import templates
from portico.domains.access.delegating.choices import Choice, Form
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.edges.web.people.access import screens, words
from portico.edges.web.people.access.chosen import Chosen, Several
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.shared import identifiers

CLIENT: Final = "A client's, which lets your office work under it"
OTHER_ADMINISTRATORS: Final = "They may make other administrators, of no wider reach than their own."


@dataclass(frozen=True, slots=True)
class Box:
    """One box: what it sends, what stands beside it, whether it is ticked, why it cannot be changed."""

    name: str
    value: str
    id: str
    label: str
    is_on: bool
    says: str = ""
    screens: str = ""
    why: str = ""
    lines: "Group | None" = None


@dataclass(frozen=True, slots=True)
class Group:
    """Every one, or the boxes that are ticked; `why` every one cannot be chosen, `said` how it stands."""

    name: str
    every: str
    named: str
    is_every: bool
    why: str
    boxes: tuple[Box, ...]
    said: str = ""
    same: str = ""
    is_same: bool = False

    @property
    def is_named(self) -> bool:
        """Are some named?"""
        return not (self.is_every or self.is_same)


@dataclass(frozen=True, slots=True)
class Role:
    """A role to begin with, and its functions as a script reads them."""

    code: str
    name: str
    functions: str


def tax_ids(form: Form, chosen: Chosen) -> tuple[Box, ...]:
    """The office's tax IDs, then its clients'."""
    return tuple(
        Box(
            "tax_ids",
            each.code,
            f"id_tax_ids_{place}",
            f"{identifiers.format_tax_id(each.code)}{f', {each.name}' if each.name else ''}",
            each.code in chosen.tax_ids,
            says=CLIENT if each.code in form.clients else "",
            why=words.why(each.why),
        )
        for place, each in enumerate(form.tax_ids)
    )


def lines(form: Form, chosen: Chosen) -> Group:
    """The lines of all functions that have none of their own."""
    return _several("lines", form.lines, form.every_line, chosen.lines, LINES)


def regions(form: Form, chosen: Chosen) -> Group:
    """The regions."""
    return _several("regions", form.regions, form.every_region, chosen.regions, REGIONS)


def hands_out(form: Form, chosen: Chosen) -> Group:
    """What an administrator may hand out."""
    said = {each.code: FUNCTION_NAMES[Function(each.code)] for each in form.hands_out}
    named = [Choice(each.code, said[each.code], each.why) for each in form.hands_out]
    found = _several("hands_out", named, form.every_function, chosen.hands_out, HANDS_OUT)
    always = {Function.ELIGIBILITY} if not chosen.hands_out.is_every else set()
    boxes = tuple(_handed(box, box.value in always) for box in found.boxes)
    return Group("hands_out", found.every, found.named, found.is_every, found.why, boxes)


def functions(form: Form, chosen: Chosen) -> tuple[Box, ...]:
    """The functions such a persona may hold, with what each opens; an administrator's without patients'."""
    offered = [each for each in form.functions if each.why != "administrator_has_no_patients"]
    return tuple(_function(form, chosen, place, each) for place, each in enumerate(offered))


def without_patients(form: Form) -> str:
    """The functions that an administrator cannot hold, by name."""
    closed = [each for each in form.functions if each.why == "administrator_has_no_patients"]
    return ", ".join(FUNCTION_NAMES[Function(each.code)] for each in closed)


def roles() -> tuple[Role, ...]:
    """The roles there are."""
    return tuple(
        Role(
            each.code,
            words.ROLES[each.code],
            " ".join(each.functions),
        )
        for each in templates.TEMPLATES
    )


def difference(role: str, ticked: Iterable[Function]) -> Mapping[str, str]:
    """How what is ticked differs from the role: `added` and `missing` by name; nothing for no role."""
    if role not in words.ROLES:
        return {}
    found = templates.difference(role, {Function.ELIGIBILITY, *ticked})
    named = {"added": found.added, "missing": found.missing}
    said = {name: ", ".join(FUNCTION_NAMES[each] for each in each_of) for name, each_of in named.items()}
    return {"role": words.ROLES[role], **said}


def tick(chosen: Chosen, form: Form, role: str) -> None:
    """Tick what the role needs, and nothing else; what is closed stays as it is."""
    if role not in words.ROLES:
        return
    closed = {Function(each.code) for each in form.functions if each.why}
    kept = chosen.functions & closed
    chosen.functions = kept | (set(templates.of(role).functions) - closed)
    chosen.role = role


LINES: Final = ("Every line of business, also those to come", "These lines of business")
REGIONS: Final = ("Every region, also those to come", "These regions")
HANDS_OUT: Final = ("Everything the office may", "These functions")


def _function(form: Form, chosen: Chosen, place: int, each: Choice) -> Box:
    function = Function(each.code)
    is_anchor = place == 0
    return Box(
        "functions",
        each.code,
        f"id_functions_{place}",
        FUNCTION_NAMES[function],
        is_anchor or function in chosen.functions,
        says=screens.OPENS[function],
        screens=screens.screens(function),
        why=words.why(each.why),
        lines=_own_lines(form, chosen, function) if chosen.kind is PersonaKind.END_USER else None,
    )


def _own_lines(form: Form, chosen: Chosen, function: Function) -> Group:
    own = chosen.own_lines.get(function)
    held = own or Several(codes=set())
    found = _several(f"lines_of_{function}", form.lines, form.every_line, held, LINES)
    said = "as chosen for all" if own is None else _said(found)
    return Group(
        found.name,
        found.every,
        found.named,
        own is not None and own.is_every,
        found.why,
        found.boxes,
        said,
        same="As chosen for all functions",
        is_same=own is None,
    )


def _said(group: Group) -> str:
    return "every line" if group.is_every else ", ".join(box.label for box in group.boxes if box.is_on)


def _several(name: str, offered: Sequence[Choice], every: str, held: Several, said: tuple[str, str]) -> Group:
    boxes = tuple(
        Box(
            f"{name}_codes",
            each.code,
            f"id_{name}_{place + 2}",
            each.name,
            each.code in held.codes,
            why=words.why(each.why),
        )
        for place, each in enumerate(offered)
    )
    why = words.WHY_EVERY.get(every, "") if every else ""
    return Group(name, said[0], said[1], held.is_every, why, boxes)


def _handed(box: Box, is_always: bool) -> Box:
    is_managing = box.value == Function.MANAGE_USERS
    return Box(
        box.name,
        box.value,
        box.id,
        box.label,
        box.is_on or is_always,
        says=OTHER_ADMINISTRATORS if is_managing else "",
        why=box.why,
    )
