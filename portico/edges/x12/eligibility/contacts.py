"""The plan in a 271: its NM1 and PER, the same wherever they stand."""

import re

from portico.domains.plan.catalogue import Identity
from portico.edges.x12.eligibility.benefit_lines import Segment, segment

_NOT_DIGIT = re.compile(r"\D")
_LENGTH = 10


def plan_name(plan: Identity) -> Segment:
    """NM1 of the plan, with its payer ID where it has one."""
    numbered = ("", "", "", "", "PI", plan.payer_id) if plan.payer_id else ()
    return ("NM1", "PR", "2", plan.name[:60], *numbered)


def plan_contact(plan: Identity) -> Segment | None:
    """PER of the plan's support: telephone and mail, as far as there are any."""
    channels = (("TE", digits(plan.telephone)), ("EM", plan.support_email))
    known = [part for kind, value in channels if value for part in (kind, value)]
    return segment("PER", "IC", plan.short_name[:60], *known) if known else None


def telephone(number: str) -> Segment | None:
    """PER of a telephone alone; None where there is no number."""
    known = digits(number)
    return ("PER", "IC", "", "TE", known) if known else None


def originator(plan: Identity) -> str:
    """Who gives our own trace numbers (TRN03): 9 and the payer ID, ten characters in all."""
    own = re.sub(r"[^A-Za-z0-9]", "", plan.payer_id)[: _LENGTH - 1]
    return "9" + own.rjust(_LENGTH - 1, "0")


def digits(number: str) -> str:
    """A telephone number as PER04 takes it: its digits, without the country's 1."""
    found = _NOT_DIGIT.sub("", number)
    return found[1:] if len(found) == _LENGTH + 1 and found.startswith("1") else found
