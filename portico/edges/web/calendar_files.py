"""A talk as a file for calendars (RFC 5545), in UTC: the calendar shows it in its owner's zone.

It names no patient and no request: mailboxes and shared calendars are read by others.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from django.http import HttpResponse

from portico.domains.authorizations.facts.talks import CalendarEntry

_LONGEST_LINE: Final = 75
_TYPE: Final = "text/calendar; charset=utf-8"


def attached(entry: CalendarEntry, *, host: str, url: str, plan: str) -> HttpResponse:
    """The file; nothing on the way keeps it. A cancelled talk takes the earlier entry out of the calendar."""
    method = "CANCEL" if entry.is_cancelled else "PUBLISH"
    headers = {"Content-Disposition": 'attachment; filename="talk.ics"', "Cache-Control": "no-store"}
    text = written(entry, host=host, url=url, plan=plan, method=method)
    return HttpResponse(text.encode(), content_type=f"{_TYPE}; method={method}", headers=headers)


def written(entry: CalendarEntry, *, host: str, url: str, plan: str, method: str = "PUBLISH") -> str:
    """The text of the file. `url` leads to the talk, for who may see it."""
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portico//Peer-to-peer talks//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{entry.id}@{host}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_instant(entry.changed_at)}",
        f"DTSTART:{_instant(entry.starts_at)}",
        f"DTEND:{_instant(entry.ends_at)}",
        f"SUMMARY:{_text(f'Peer-to-peer talk, {plan}')}",
        f"DESCRIPTION:{_text('Sign in to the provider portal to read which request it is about.')}",
        f"URL:{url}",
        f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def folded(line: str) -> Iterator[str]:
    """A line in parts of at most 75 octets, no sign cut in two; all but the first begin with a blank."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > _LONGEST_LINE:
            yield part
            part = " "
        part += sign
    yield part


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    plain = " ".join(words.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
