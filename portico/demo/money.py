"""What offices did about money before the demo was built: encounters sent, deposits noted.

Imported once Django is set up; the claims are loaded.
"""

import threading
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from portico.demo import acting, practices
from portico.demo.build import Built
from portico.demo.claims import encounters
from portico.demo.lines import LINES, Funding
from portico.domains.claims import deposits
from portico.domains.claims.deposits import NewDeposit
from portico.domains.encounters import completeness, submissions
from portico.domains.encounters.completeness import Expected
from portico.domains.jobs.leases import Worker, never
from portico.domains.plan import days
from portico.edges.cli.lane import Lane
from portico.edges.x12.encounters import arriving

READING: Final = "x12_encounters"
LEAD, DESK = "billing_lead", "encounter_desk"
_A_THOUSAND_MONTHS: Final = {Funding.MEDICARE: 620, Funding.DUAL: 680, Funding.MEDICAID: 380}
_USUALLY: Final = 310
_LOST, _SHORT = ("NL88410077", Decimal("412.60")), Decimal("25.00")
_LOST_AGO: Final = 24


def everything(*, built: Built, known: dict[str, int], now: datetime) -> None:
    """Say how many encounters are expected, send those of the last months, and note some deposits."""
    completeness.expect(actor=acting.system(now), expectations=_expected())
    for ago in encounters.SENT_AGO:
        _send(built, known[DESK], ago, now - timedelta(days=ago))
    _note_deposits(built, known[LEAD], now)


def _expected() -> list[Expected]:
    each = (
        Expected(Decimal(_A_THOUSAND_MONTHS.get(line.funding, _USUALLY)), line=line.code) for line in LINES
    )
    return [Expected(Decimal(_USUALLY)), *each]


def _send(built: Built, user_id: int, ago: int, at: datetime) -> None:
    """Hand the file in as the encounter desk did then, and have it read."""
    [sample] = [one for one in built.encounters if one.key == f"{encounters.EARLIER}-{ago}"]
    file = arriving.look(sample.path.read_bytes(), tax_id=encounters.TAX_ID, at=at, name=sample.path.name)
    submissions.take_in(actor=acting.person(user_id, at), file=file, job=READING)
    worker = Worker(name="demo", now=lambda: at, zone=days.zone(), is_stopping=never)
    Lane(worker=worker, kinds=[READING], stop=threading.Event()).run_until_idle()


def _note_deposits(built: Built, user_id: int, now: datetime) -> None:
    """Lakeside's: the older ones match, the latest is short, and of one there is no payment at all."""
    tax_id, today = practices.LAKESIDE.tax_id, days.of(now)
    paid = [one for one in built.payments if one["tax_id"] == tax_id]
    noted = [_deposit(one, Decimal(0) if place else _SHORT) for place, one in enumerate(paid)]
    noted.append(NewDeposit(*_LOST, today - timedelta(days=_LOST_AGO)))
    deposits.note(actor=acting.person(user_id, now), tax_id=tax_id, deposits=noted)


def _deposit(payment: dict[str, Any], short: Decimal) -> NewDeposit:
    paid_on = date.fromisoformat(payment["paid_on"])
    return NewDeposit(payment["trace_number"], Decimal(payment["amount"]) - short, paid_on)
