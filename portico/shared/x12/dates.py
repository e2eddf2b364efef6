"""Days and times as X12 writes them: D8, RD8, DT, the ISA's six digits, and times of four to eight digits.

A wrong value raises `DateError`, whose message says what was expected and never repeats the value: it may
be somebody's birth date.
"""

from datetime import date, time

_TIME_LENGTHS = (4, 6, 7, 8)


class DateError(ValueError):
    """A date or time value is not of the form its qualifier promises, or not on the calendar."""


def parse_d8(text: str) -> date:
    """Answers the day written CCYYMMDD."""
    if len(text) != 8 or not _digits(text):
        raise DateError("expected a day as eight digits, CCYYMMDD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DateError("the eight digits are not a day of the calendar (CCYYMMDD)") from None


def parse_rd8(text: str) -> tuple[date, date]:
    """Answers first and last day, both counted, written CCYYMMDD-CCYYMMDD."""
    first_text, dash, last_text = text.partition("-")
    if not dash:
        raise DateError("expected two days joined by a hyphen, CCYYMMDD-CCYYMMDD")
    first, last = parse_d8(first_text), parse_d8(last_text)
    if last < first:
        raise DateError("the last day lies before the first")
    return first, last


def parse_span(qualifier: str, text: str) -> tuple[date, date]:
    """Answers first and last day of a value in the format D8, RD8 or DT; the same day twice for D8 and DT."""
    match qualifier:
        case "D8":
            day = parse_d8(text)
        case "DT":
            parse_time(text[8:])
            day = parse_d8(text[:8])
        case "RD8":
            return parse_rd8(text)
        case _:
            raise DateError("the date format qualifier is none of D8, RD8, DT")
    return day, day


def parse_time(text: str) -> time:
    """Answers the time of day written HHMM, HHMMSS, HHMMSSD or HHMMSSDD (D is a decimal of a second)."""
    if len(text) not in _TIME_LENGTHS or not _digits(text):
        raise DateError("expected a time as HHMM, HHMMSS, HHMMSSD or HHMMSSDD")
    seconds, fraction = int(text[4:6] or 0), text[6:].ljust(6, "0")
    try:
        return time(int(text[:2]), int(text[2:4]), seconds, int(fraction))
    except ValueError:
        raise DateError("the digits are not a time of day (HHMMSS)") from None


def parse_d6(text: str) -> date:
    """Answers the day an ISA writes YYMMDD, in the century from 2000."""
    if len(text) != 6:
        raise DateError("expected a day as six digits, YYMMDD")
    return parse_d8(f"20{text}")


def format_d8(day: date) -> str:
    """Answers CCYYMMDD."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def format_rd8(first: date, last: date) -> str:
    """Answers CCYYMMDD-CCYYMMDD."""
    return f"{format_d8(first)}-{format_d8(last)}"


def format_d6(day: date) -> str:
    """Answers YYMMDD, for the ISA."""
    return format_d8(day)[2:]


def format_time(moment: time, *, seconds: bool = False) -> str:
    """Answers HHMM, or HHMMSS when `seconds` are wanted."""
    return moment.strftime("%H%M%S" if seconds else "%H%M")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
