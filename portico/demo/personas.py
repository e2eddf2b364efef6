"""The shape of the demo's people: sign-ins, what they act as, and what they were granted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portico.demo import days, identifiers
from portico.demo.lines import CODES
from portico.demo.offices import Office
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk, Function
from portico.shared.periods import Period


class Then(StrEnum):
    """What somebody did, or what was done about them, after they were added."""

    DOCUMENTS = "documents"
    CALL = "call"
    FACTOR_RESET = "factor_reset"
    RECOVERY = "recovery"
    NOT_COME = "not_come"


@dataclass(frozen=True, slots=True)
class Grant:
    """Functions a persona holds and how far they reach; None means no limit there. Days count from today."""

    functions: tuple[Function, ...]
    tax_ids: tuple[str, ...]
    lines: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    providers: tuple[str, ...] | None = None
    state: GrantState = GrantState.ACTIVE
    from_day: int = -120
    to_day: int | None = None

    def period(self, today: date) -> Period:
        """From when to when the grant holds, both ends included."""
        last = None if self.to_day is None else days.days_after(today, self.to_day)
        return Period(days.days_after(today, self.from_day), last)


@dataclass(frozen=True, slots=True)
class Persona:
    """What a person acts as: administrator or end user of an office, or staff of a desk of the plan."""

    kind: PersonaKind
    office: Office | None = None
    desk: Desk | None = None
    grants: tuple[Grant, ...] = ()

    @property
    def functions(self) -> tuple[Function, ...]:
        """Every function named in its grants or held by its desk."""
        if self.desk:
            return tuple(sorted(DESK_FUNCTIONS[self.desk]))
        return tuple(dict.fromkeys(function for grant in self.grants for function in grant.functions))


@dataclass(frozen=True, slots=True)
class User:
    """A person's sign-in. `totp_secret` is None where no second factor is set up yet.

    `password` is None for somebody who was invited and has not come yet. `locked`: too many misses.
    `unused`: suspended, as nobody signed in for long. `verified`: the person's identity was proven.
    `agreed`: to the terms in force. `then`: what happened to them since. `since`: they came so many days ago;
    0: with the demo.
    """

    key: str
    username: str
    first_name: str
    last_name: str
    password: str | None
    totp_secret: str | None
    personas: tuple[Persona, ...]
    says: str
    locked: bool = False
    verified: bool = True
    unused: bool = False
    agreed: bool = True
    then: Then | None = None
    since: int = 0

    @property
    def email(self) -> str:
        """Where the person's mail goes."""
        return f"{self.username}@{identifiers.MAIL_DOMAIN}"

    def sign_ins(self) -> Iterator[dict[str, object]]:
        """The entries of `var/demo.json`: one for each persona, the first under the person's own key."""
        for place, persona in enumerate(self.personas):
            reach = persona.grants[0] if persona.grants else None
            every_line = list(CODES) if reach and reach.lines is None else []
            yield {
                "key": self.key if not place else f"{self.key}_{persona.kind}",
                "username": self.username,
                "password": self.password,
                "totp_secret": self.totp_secret,
                "persona": str(persona.kind),
                "office": persona.office.key if persona.office else None,
                "tax_ids": list(reach.tax_ids) if reach else [],
                "lines": list(reach.lines or ()) if reach and reach.lines else every_line,
                "functions": [str(function) for function in persona.functions],
                "says": self.says,
            }
