"""Whether a text holds what its field asks for, as codes; what each code says is in `fault_words`."""

from collections.abc import Mapping
from typing import Final

from portico.domains.accounts import rules
from portico.domains.registration import field_checks
from portico.edges.web.register.kept import TAX_ID, tax_ids_in

USERNAME: Final = "username"


def faults(name: str, typed: str, others: Mapping[str, object]) -> tuple[str, ...]:
    """What is wrong with the text of a field, beside the others of its form; nothing where it may stay."""
    if name == USERNAME:
        return () if rules.username_key(typed) else ("username_format",)
    found = field_checks.check(_field(name), typed, state=_state(others))
    return found or (("tax_id_twice",) if _is_twice(name, typed, others) else ())


def hints(name: str, typed: str, others: Mapping[str, object]) -> tuple[str, ...]:
    """What looks unusual, and is taken all the same."""
    return () if name == USERNAME else field_checks.hints(_field(name), typed, state=_state(others))


def _field(name: str) -> str:
    return "tax_id" if name.startswith(TAX_ID) else name


def _state(others: Mapping[str, object]) -> str:
    return str(others.get("licence_state", ""))


def _is_twice(name: str, typed: str, others: Mapping[str, object]) -> bool:
    if not name.startswith(TAX_ID):
        return False
    same = field_checks.canonical("tax_id", typed)
    return [field_checks.canonical("tax_id", each) for each in tax_ids_in(others)].count(same) > 1
