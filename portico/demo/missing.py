"""Access requests at Cedar Ridge, one for each way they can stand; and a new biller's first days.

Imported once Django is set up.
"""

from datetime import datetime, timedelta

from portico.demo import acting, group, handing, looking
from portico.demo.scene import Scene
from portico.domains.access.asking import clock, decide, requests
from portico.domains.access.asking.decide import Denial
from portico.domains.access.asking.requests import Wish
from portico.domains.permits.functions import Function

_WINDOW = (Function.ELIGIBILITY, Function.BENEFITS)
_MEDI_CAL = "medi-cal"
_TURNS = ("2.9", "2.5", "2", "1.4")


def everything(scene: Scene) -> None:
    """Ask for each, in the order of time, and let the clock of requests run between."""
    referrals = Wish((Function.REFERRALS,), tax_id=group.MAIN, note="I send the letters on, too.")
    _ask(scene, "asks_plan", referrals, scene.business("3.6"))
    for turn in _TURNS:
        clock.turn(actor=acting.system(scene.business(turn)))
    _approved(scene)
    _denied(scene)
    _new_biller(scene)
    coverage = Wish((Function.REFERRALS,), tax_id=group.SPECIALISTS, note="Doctor Khoury asked me to.")
    _ask(scene, "asks_reminded", coverage, scene.business("0.6"))
    clock.turn(actor=acting.system(scene.now))
    window = Wish(_WINDOW, tax_id=group.MAIN, line=_MEDI_CAL, note="Half of those who call have Medi-Cal.")
    _ask(scene, "asks_now", window, scene.business("0.1"))


def _approved(scene: Scene) -> None:
    wish = Wish((Function.AUTHORIZATION_INQUIRY, *_WINDOW), tax_id=group.MAIN, line=_MEDI_CAL)
    number = requests.make(actor=scene.act("asked_approved", scene.business("1.5")), wish=wish)
    boss = scene.act(group.WHOLE, scene.business("1"))
    decide.approve(actor=boss, public_id=number, answer="Of course. Tell me when the backlog is gone.")


def _denied(scene: Scene) -> None:
    wish = Wish((Function.REMITTANCE,), tax_id=group.MAIN, note="To see what was paid.")
    number = requests.make(actor=scene.act("asked_denied", scene.business("1.4")), wish=wish)
    boss = scene.act(group.WHOLE, scene.business("0.9"))
    decide.deny(
        actor=boss, public_id=number, why=Denial.OTHERS_DO_IT, answer="Celia and Wren do the payments."
    )


def _new_biller(scene: Scene) -> None:
    """Let in, verified; the line her work needs is closed; she asks, gets it, and goes on."""
    hand, closed_at = group.NEW_BILLER, scene.business("0.9")
    handing.let_in_now(scene, hand, at=scene.business("1.6"))
    looking.refused(scene, hand.key, _MEDI_CAL, at=closed_at)
    wish = Wish(_WINDOW, tax_id=group.MAIN, line=_MEDI_CAL, note="I bill for the whole office.")
    number = requests.make(actor=scene.act(hand.key, closed_at + timedelta(minutes=4)), wish=wish)
    given_at = scene.business("0.7")
    decide.approve(actor=scene.act(group.WHOLE, given_at), public_id=number)
    looking.looked_up(scene, hand.key, at=given_at + timedelta(minutes=20), line=_MEDI_CAL)


def _ask(scene: Scene, key: str, wish: Wish, at: datetime) -> None:
    requests.make(actor=scene.act(key, at), wish=wish)
