"""What was read of one claim so far, and of the levels above it, as the values its facts will be made of."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.submitted import (
    Address,
    Diagnosis,
    Form,
    OtherPayer,
    Party,
    Patient,
    SentClaim,
    SentService,
)

Values = dict[str, Any]


@dataclass(slots=True)
class Person:
    """A party or a patient being read: its values, and those of its address."""

    values: Values = field(default_factory=dict)
    address: Values = field(default_factory=dict)

    def party(self) -> Party:
        """The party."""
        return Party(**self.values, address=Address(**self.address))

    def patient(self) -> Patient:
        """The patient or subscriber."""
        return Patient(**self.values, address=Address(**self.address))


@dataclass(slots=True)
class Other:
    """Another payer being read."""

    values: Values
    adjustments: list[Adjusted] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)

    def finished(self) -> OtherPayer:
        """The payer."""
        named: Values = {"name": ""}
        return OtherPayer(
            **(named | self.values), adjustments=tuple(self.adjustments), carried=tuple(self.carried)
        )


@dataclass(slots=True)
class Service:
    """A service line being read; `paid` is what other payers paid of it, None where none says.

    `decided` are the segments that say so.
    """

    values: Values
    rendering: Person | None = None
    adjustments: list[Adjusted] = field(default_factory=list)
    paid: Decimal | None = None
    carried: list[str] = field(default_factory=list)
    decided: list[str] = field(default_factory=list)

    def finished(self) -> SentService | None:
        """The line; None where its amount is missing."""
        if self.values.get("billed") is None:
            return None
        if self.values.get("units") is None:
            self.values.pop("units", None)
        days: Values = {"first_on": None, "last_on": None}
        return SentService(
            **(days | self.values),
            rendering=self.rendering.party() if self.rendering else None,
            adjustments=tuple(self.adjustments),
            other_paid=self.paid,
            carried=tuple(self.carried),
        )


@dataclass(slots=True)
class Levels:
    """What is known of the levels a claim hangs on."""

    form: Form
    is_encounter: bool = False
    written_on: Any = None
    billing: Person = field(default_factory=Person)
    pay_to: Person | None = None
    policy: Values = field(default_factory=dict)
    subscriber: Person = field(default_factory=Person)
    payer: Person = field(default_factory=Person)
    patient: Person | None = None
    carried: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A claim being read."""

    levels: Levels
    place: int
    values: Values = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    latest: Person | None = None
    carried: list[str] = field(default_factory=list)

    def line(self) -> Service:
        """The line that is open; one without a number where its LX was left out."""
        if not self.services:
            self.services.append(Service({"number": 0, "place": self.place}))
        return self.services[-1]

    def other(self) -> Other:
        """The other payer that is open; one without a rank where its SBR was left out."""
        if not self.others:
            self.others.append(Other({"rank": "", "filing": ""}))
        return self.others[-1]

    def starts_on(self) -> date | None:
        """The first day of service."""
        days = [line.values["first_on"] for line in self.services if line.values.get("first_on")]
        return self.values.get("first_on") or min(days, default=None)

    def finished(self) -> SentClaim | None:
        """The claim; None where its number or its amount is missing."""
        if not self.values.get("patient_control_number") or self.values.get("billed") is None:
            return None
        levels = self.levels
        people: Values = {role: person.party() for role, person in self.people.items()}
        lines = (service.finished() for service in self.services)
        return SentClaim(
            form=levels.form,
            subscriber=levels.subscriber.patient(),
            billing=levels.billing.party(),
            services=tuple(line for line in lines if line),
            patient=levels.patient.patient() if levels.patient else None,
            pay_to=levels.pay_to.party() if levels.pay_to else None,
            payer=levels.payer.party(),
            is_encounter=levels.is_encounter,
            written_on=levels.written_on,
            diagnoses=tuple(self.diagnoses),
            procedures=tuple(self.procedures),
            other_payers=tuple(other.finished() for other in self.others),
            place=self.place,
            carried=(*(one for some in levels.carried.values() for one in some), *self.carried),
            **(levels.policy | self.values | people),
        )
