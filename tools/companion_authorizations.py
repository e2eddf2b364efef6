"""The companion guide of the 278: what is taken, what is answered, refusals, an example.

It is made after the guide of the 270, in the world of that guide's example.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from portico.domains.access import machine_sign_in
from portico.domains.permits import actors
from portico.domains.permits.functions import Function
from portico.edges.web.codes import authorizations as words
from portico.edges.x12 import exchange
from portico.edges.x12.authorizations import inquiries, refusals, states
from portico.edges.x12.connectivity.vocabulary import PayloadType
from portico.edges.x12.guides.guide_278_request import GUIDE_278_INQUIRY, GUIDE_278_REQUEST
from tests.support import authorizations, cast, patients, requirements, systems
from tests.support.actors import NOW, TODAY
from tests.support.doors import x12_authorizations
from tests.support.doors.x12_authorizations import Sought, Wanted
from tools.reference import NOTE

TEMPLATE = Path(__file__).parent / "templates" / "companion-278.md"
SENDER, CONTROL_NUMBER = "LAKESIDE03", 4713
# What is drawn anew each time, and what stands in its place.
_DRAWN = ((r"\bA\d{9}\b", "A123456786"), (r"TRN\*1\*[0-9A-Z]+\*9000", "TRN*1*2QX7K3M9ZC41*9000"))


def page() -> str:
    """The whole page: the template, filled."""
    asked, answered = example()
    return TEMPLATE.read_text(encoding="utf-8").format(
        note=NOTE,
        review=GUIDE_278_REQUEST.version,
        inquiry=GUIDE_278_INQUIRY.version,
        request=PayloadType.REQUEST_278,
        response=PayloadType.RESPONSE_278,
        inquiry_type=PayloadType.INQUIRY_278,
        standing=PayloadType.STANDING_278,
        somebody_else=states.SOMEBODY_ELSE,
        states="\n".join(_states()),
        refusals="\n".join(dict.fromkeys(_refusals())),
        most=inquiries.MOST,
        asked=asked,
        answered=answered,
    )


def example() -> tuple[str, str]:
    """A request sent and answered, a segment a line."""
    grant = systems.a_grant(Function.AUTHORIZATION_SUBMISSION)
    partner = systems.a_partner(sender_id=SENDER, name="Office software", grants=(grant,))
    visitor = actors.visitor(asked_at=NOW, today=TODAY, door=actors.Door.X12)
    actor = machine_sign_in.by_password(
        visitor=visitor, username=partner.machine.row.sign_in_name, secret=partner.secret or ""
    )
    requirements.say("97110", system="procedure", key="therapy")
    authorizations.clock_rule()
    asked = x12_authorizations.request(
        SENDER,
        Sought(patients.ZEPHYRINE, "QUILLFEATHER", "ZEPHYRINE"),
        (Wanted("97110", "12", "VS", authorizations.FIRST_ON, authorizations.LAST_ON),),
        tax_id=cast.OWN,
        requester=patients.NPI,
        servicing=patients.NPI,
        number=909,
    )
    answered = exchange.answer(asked.encode(), actor=actor, now=NOW).write(CONTROL_NUMBER).decode()
    return _lines(asked), _lines(answered)


def _states() -> Iterator[str]:
    for state, action in states.OF_WHOLE.items():
        yield f"| {words.STATES[state].lower()} | `{action}` | `{states.OF_SERVICE[state]}` |"


def _refusals() -> Iterator[str]:
    for line in (refusals.FAILED, *refusals.PROBLEMS.values(), *refusals.FAULTS.values()):
        code = f"`{line.code}`"
        if line.of_dependent and line.of_dependent != line.code:
            code += f", of a dependent `{line.of_dependent}`"
        yield f"| {line.loop} | `{line.sound}` | {code} | `{line.follow_up}` | {line.words} |"


def _lines(interchange: str) -> str:
    for drawn, instead in _DRAWN:
        interchange = re.sub(drawn, instead, interchange)
    return interchange.replace("~", "~\n").rstrip()
