"""What is chosen in the form that gives access: read from what was sent or is held, made a set again.

The form is sent for each of its buttons, those that look for a provider or tick a role's functions too, so
all that was chosen travels with it and nothing is kept in between.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from portico.domains.access.delegating.choices import ALWAYS_ON, Choice, Form
from portico.domains.access.delegating.sets import Access, AccessSet, AdministratorSet, Lines, Where
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

EVERY, NAMED, SAME = "every", "named", "same"
LONGEST = 120


@dataclass(slots=True)
class Several:
    """Every one, also those to come, or those that are named."""

    is_every: bool = True
    codes: set[str] = field(default_factory=set)

    def named(self) -> frozenset[str] | None:
        """The same as a set has it: None for every one."""
        return None if self.is_every else frozenset(self.codes)

    @property
    def is_empty(self) -> bool:
        """Is nothing named?"""
        return not self.is_every and not self.codes


@dataclass(slots=True)
class Chosen:
    """All that is chosen. `own_lines`: of functions whose lines are not those of all the others."""

    kind: PersonaKind
    tax_ids: set[str] = field(default_factory=set)
    providers: Several = field(default_factory=Several)
    lines: Several = field(default_factory=Several)
    regions: Several = field(default_factory=Several)
    functions: set[Function] = field(default_factory=set)
    own_lines: dict[Function, Several] = field(default_factory=dict)
    hands_out: Several = field(default_factory=Several)
    role: str = ""

    def access(self, last_on: date | None) -> Access:
        """The set that is chosen."""
        where = Where(frozenset(self.tax_ids), self.providers.named(), self.regions.named(), last_on)
        if self.kind is PersonaKind.ADMINISTRATOR:
            handed = self.hands_out.named()
            hands_out = None if handed is None else frozenset(map(Function, handed))
            return AdministratorSet(where, self.lines.named(), frozenset(self.functions), hands_out)
        functions = {Function.ELIGIBILITY, *self.functions}
        return AccessSet(where, {each: self.lines_of(each).named() for each in functions})

    def lines_of(self, function: Function) -> Several:
        """The lines of one function."""
        return self.own_lines.get(function, self.lines)


def sent(data: QueryDict, kind: PersonaKind) -> Chosen:
    """What was sent; what is no function is left out."""
    functions = _functions(data.getlist("functions"))
    own = {each: _several(data, f"lines_of_{each}") for each in Function if _has_own(data, each)}
    return Chosen(
        kind,
        set(data.getlist("tax_ids")),
        Several(data.get("providers") != NAMED, set(data.get("npis", "").split())),
        _several(data, "lines"),
        _several(data, "regions"),
        functions,
        own,
        Several(data.get("hands_out") != NAMED, set(_functions(data.getlist("hands_out_codes")))),
        data.get("role", "")[:LONGEST],
    )


def held(access: Access, kind: PersonaKind) -> Chosen:
    """What is held; the lines of eligibility are said once, for all that share them."""
    where = access.where
    chosen = Chosen(
        kind,
        set(where.tax_ids),
        providers=_of(where.providers),
        regions=_of(where.regions),
    )
    if isinstance(access, AdministratorSet):
        chosen.lines, chosen.functions = _of(access.lines), set(access.functions)
        chosen.hands_out = _of(access.hands_out)
        return chosen
    return _with_functions(chosen, access)


def first(form: Form, kind: PersonaKind) -> Chosen:
    """What a new form begins with: all that may be given where there is one way, else nothing.

    Where somebody cannot give every one, those they can give are named.
    """
    open_tax_ids = {each.code for each in form.tax_ids if not each.why and each.code not in form.clients}
    return Chosen(
        kind,
        open_tax_ids if len(open_tax_ids) == 1 else set(),
        Several(not form.every_provider),
        _beginning(form.every_line, form.lines),
        _beginning(form.every_region, form.regions),
        set(),
        hands_out=_beginning(form.every_function, form.hands_out),
    )


def _with_functions(chosen: Chosen, access: AccessSet) -> Chosen:
    functions: Mapping[Function, Lines] = access.functions
    common = functions.get(Function.ELIGIBILITY)
    chosen.lines, chosen.functions = _of(common), set(functions)
    chosen.own_lines = {each: _of(lines) for each, lines in functions.items() if lines != common}
    return chosen


def _beginning(every: str, offered: Iterable[Choice]) -> Several:
    open_codes = {each.code for each in offered if each.why in ("", ALWAYS_ON)}
    return Several(is_every=True) if not every else Several(is_every=False, codes=open_codes)


def _of(codes: Iterable[str] | None) -> Several:
    return Several(codes is None, set(codes or ()))


def _several(data: QueryDict, name: str) -> Several:
    return Several(data.get(name) != NAMED, set(data.getlist(f"{name}_codes")))


def _has_own(data: QueryDict, function: Function) -> bool:
    return data.get(f"lines_of_{function}") in (EVERY, NAMED)


def _functions(codes: Iterable[str]) -> set[Function]:
    known = set(Function)
    return {Function(code) for code in codes if code in known}
