"""Headers of what goes back: sender and receiver change places, control numbers are the caller's."""

import re
from datetime import datetime

from portico.shared.x12 import dates
from portico.shared.x12.headers import GroupHeader, InterchangeHeader

_LONGEST_PARTY = 15


def interchange_header(sent: InterchangeHeader, *, at: datetime, control_number: int) -> InterchangeHeader:
    """Answers the ISA of a reply; `at` is the moment of writing in the plan's time zone."""
    return InterchangeHeader(
        sender_qualifier=_qualifier(sent.receiver_qualifier),
        sender=plain(sent.receiver, _LONGEST_PARTY),
        receiver_qualifier=_qualifier(sent.sender_qualifier),
        receiver=plain(sent.sender, _LONGEST_PARTY),
        date=dates.format_d6(at.date()),
        time=dates.format_time(at.time()),
        control_number=f"{control_number:09d}",
        usage=sent.usage if sent.usage in ("P", "T", "I") else "P",
    )


def group_header(
    sent: GroupHeader,
    interchange: InterchangeHeader,
    *,
    functional_id: str,
    version: str,
    at: datetime,
    number: int,
) -> GroupHeader:
    """Answers the GS of a group that answers `sent`, numbered by its caller."""
    return GroupHeader(
        functional_id=functional_id,
        sender=_party(sent.receiver, interchange.receiver),
        receiver=_party(sent.sender, interchange.sender),
        date=dates.format_d8(at.date()),
        time=dates.format_time(at.time()),
        control_number=str(number),
        version=version,
    )


def plain(text: str, longest: int) -> str:
    """Answers a text cut to a length, in characters every reader takes."""
    return re.sub(r"[^ -~]|[*:^~]", " ", text)[:longest].strip(" ")


def _qualifier(text: str) -> str:
    return text if re.fullmatch(r"[A-Z0-9]{2}", text) else "ZZ"


def _party(*names: str) -> str:
    """Answers the first name that a GS can hold."""
    fitting = (plain(name, _LONGEST_PARTY) for name in names)
    return next((name for name in fitting if len(name) > 1), "UNKNOWN")
