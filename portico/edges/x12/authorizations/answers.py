"""What a 278 answers: decisions and refusals, ready to be written, before they are segments."""

from dataclasses import dataclass
from enum import StrEnum

from portico.edges.x12.authorizations.requests import NO_PERIOD, Event, Period


class Loop(StrEnum):
    """Where an AAA stands; `PATIENT` is 2010D where it is about a dependent, else 2010C."""

    SOURCE = "2000A"
    PLAN = "2010A"
    REQUESTER = "2010B"
    SUBSCRIBER = "2010C"
    DEPENDENT = "2010D"
    PATIENT = "2010C or 2010D"
    EVENT = "2000E"
    PROVIDER = "2010EA"
    SERVICE = "2000F"


@dataclass(frozen=True, slots=True)
class Rejection:
    """One AAA: AAA01, AAA03, AAA04 and its loop; `place` is that of a service from 1, or of a provider.

    AAA01 is N where something sent must be changed, Y where the request is sound. AAA04: C correct and send
    again, N do not send again, R may be sent again.
    """

    loop: Loop
    sound: str
    code: str
    follow_up: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """HCR01 and HCR02 of a level, and what goes with them: REF*NT, the days of DTP, the words of MSG.

    `issued` is DTP*102, `valid` DTP*007, both empty while nothing is approved.
    """

    action: str
    number: str = ""
    administrative: str = ""
    issued: Period = NO_PERIOD
    valid: Period = NO_PERIOD
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one event: as it was sent, or as the plan has it, and what is decided of it.

    `services` decides each of the event's services, in their order; None leaves it to the event. With
    `rejections` nothing is decided. `reference` is ours.
    """

    event: Event
    decided: Decided | None = None
    services: tuple[Decided | None, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    reference: str = ""
