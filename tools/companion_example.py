"""An example exchange: a 270 about an invented member, answered by the code that answers everybody.

It needs a database with tables, and makes the member, her plan and the partner who asks in it.
"""

import re
from typing import NamedTuple

from portico.demo import identifiers
from portico.domains.access import machine_sign_in
from portico.domains.members.tests import factories
from portico.domains.permits import actors
from portico.edges.x12 import exchange
from portico.edges.x12.eligibility import codes
from tests.support import cast, patients, systems
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY

NPI = identifiers.npi(99_000_500)
CONTROL_NUMBER = 4711
TRACE = "7QX4M2RT9KBC"
_DRAWN = re.compile(r"(?<=TRN\*1\*)[0-9A-Z]{12}")
QUESTION = """\
ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*{receiver:<15}*260312*0900*^*00501*000000907*0*P*:~
GS*HS*{sender}*{receiver}*20260312*0900*907*X*{guide}~
ST*270*0001*{guide}~
BHT*0022*13*ASK-4711*20260312*0900~
HL*1**20*1~
NM1*PR*2*NORTHLAKE HEALTH PLAN*****PI*{receiver}~
HL*2*1*21*1~
NM1*1P*2*LAKESIDE FAMILY PRACTICE*****XX*{npi}~
HL*3*2*22*0~
TRN*1*93175-012547*9877281234~
NM1*IL*1*QUILLFEATHER*ZEPHYRINE****MI*{member_id}~
DMG*D8*19840506~
DTP*291*D8*20260312~
EQ*{service_type}~
SE*13*0001~
GE*1*907~
IEA*1*000000907~
"""


class Exchanged(NamedTuple):
    """What was asked and what was answered, a segment a line."""

    asked: str
    answered: str


def made() -> Exchanged:
    """The example; our trace number, which is drawn for each answer, is always the same in it."""
    worlds.build()
    factories.a_provider(NPI, cast.OWN)
    partner = systems.a_partner()
    visitor = actors.visitor(asked_at=NOW, today=TODAY, door=actors.Door.X12)
    actor = machine_sign_in.by_password(
        visitor=visitor, username=partner.machine.row.sign_in_name, secret=partner.secret or ""
    )
    asked = QUESTION.format(
        sender=systems.SENDER,
        receiver=worlds.PAYER_ID,
        guide=codes.GUIDE,
        npi=NPI,
        member_id=patients.ZEPHYRINE,
        service_type=codes.GENERIC,
    )
    payload = exchange.answer(asked.encode(), actor=actor, now=NOW).write(CONTROL_NUMBER).decode()
    return Exchanged(asked, _DRAWN.sub(TRACE, payload.replace("~", "~\n")))
