"""When the demo's plan is open, and where each audience signs in. Imported once Django is set up."""

from datetime import date, time
from typing import Final

from portico.demo import holidays, lines
from portico.domains.permits.actors import Actor
from portico.domains.plan import entrances, opening
from portico.domains.plan.business_time import Open
from portico.domains.plan.entrances import Audience, Entrance

_MONDAY_TO_THURSDAY, _FRIDAY = range(4), 4
WEEKLY: Final = {
    **dict.fromkeys(_MONDAY_TO_THURSDAY, Open(time(8), time(17, 30))),
    _FRIDAY: Open(time(8), time(16)),
}
EVERY_LINE: Final = Entrance(
    "providers",
    Audience.PROVIDER,
    "Doctors, clinics and hospitals",
    says="Offices that treat Northlake's members, whichever plan these have.",
)
ELSEWHERE: Final = (
    Entrance(
        "members",
        Audience.MEMBER,
        "Members",
        says="Your card, your claims, and doctors near you.",
        url="https://members.northlake.example.org/",
    ),
    Entrance(
        "employers",
        Audience.EMPLOYER,
        "Employers",
        says="Groups, enrolment and bills.",
        url="https://employers.northlake.example.org/",
    ),
    Entrance(
        "brokers",
        Audience.BROKER,
        "Brokers",
        says="Quotes and your book of business.",
        url="https://brokers.northlake.example.org/",
    ),
)


def everything(*, actor: Actor, today: date) -> None:
    """Set the plan's hours, its holidays, and its entrances."""
    opening.set_hours(actor=actor, weekly=WEEKLY, holidays=holidays.around(today))
    entrances.replace(actor=actor, entrances=ENTRANCES)


def _of_line(line: lines.Line) -> Entrance:
    return Entrance(line.code, Audience.PROVIDER, line.name, line=line.code)


ENTRANCES: Final = (EVERY_LINE, *map(_of_line, lines.LINES), *ELSEWHERE)
