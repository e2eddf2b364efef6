"""What a person who is to be made must be described by. Pure, but for what a mail address looks like."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from portico.domains.accounts.users import NewUser

LONGEST: Final = {"first_name": 60, "last_name": 60, "email": 254, "telephone": 20}
_TELEPHONE: Final = frozenset("0123456789 +-().x")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be made; without a username one is made of the name. `office`: its key, for the plan."""

    first_name: str
    last_name: str
    email: str = field(repr=False)
    telephone: str = field(default="", repr=False)
    username: str = ""
    office: str = ""


class BadPerson(ValueError):
    """Somebody cannot be made so; `faults` says of each field why: missing, too_long, or bad."""

    code = "bad_person"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults.items()))
        self.faults = dict(faults)


def check(person: NewPerson) -> None:
    """Everything needed is there, and is what it says it is. Raises BadPerson."""
    typed = {name: str(getattr(person, name)).strip() for name in LONGEST}
    found = {name: _fault(name, text) for name, text in typed.items()}
    faults = {name: fault for name, fault in found.items() if fault}
    if faults:
        raise BadPerson(faults)


def user(person: NewPerson, username: str) -> NewUser:
    """The user to be made; who it is has not been made sure of, and a password is theirs to choose."""
    return NewUser(
        username,
        None,
        person.first_name.strip(),
        person.last_name.strip(),
        email=person.email.strip(),
        telephone=person.telephone.strip(),
    )


def _fault(name: str, text: str) -> str:
    if not text:
        return "" if name == "telephone" else "missing"
    if len(text) > LONGEST[name]:
        return "too_long"
    is_good = {"email": _is_mail, "telephone": _is_telephone}.get(name, _is_name)(text)
    return "" if is_good else "bad"


def _is_name(text: str) -> bool:
    """A letter at least, and nothing that is no sign to be read."""
    return any(map(str.isalpha, text)) and not any(unicodedata.category(sign)[0] == "C" for sign in text)


def _is_telephone(text: str) -> bool:
    return set(text) <= _TELEPHONE and any(map(str.isdigit, text))


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
