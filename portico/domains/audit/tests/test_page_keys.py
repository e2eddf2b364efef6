"""Keys of the audit's pages: read as they were made, and nothing else is one."""

from datetime import UTC, datetime

import pytest

from portico.domains.audit import page_keys

AT = datetime(2026, 3, 12, 17, tzinfo=UTC)


@pytest.mark.parametrize("numbers", [(1,), (1, 2)], ids=len)
def test_a_key_is_read_as_it_was_made(numbers: tuple[int, ...]) -> None:
    assert page_keys.read(page_keys.made(AT, *numbers), numbers=len(numbers)) == (AT, list(numbers))


NO_KEYS = {
    "empty": "",
    "text": "x",
    "no_day": "2026-13-45T00:00:00+00:00~1",
    "an_instant_without_a_zone": "2026-03-12T17:00:00~1",
    "begins_like_a_year": "2026x~1",
    "no_number": f"{AT.isoformat()}~x",
    "a_negative_number": f"{AT.isoformat()}~-1",
    "a_number_no_row_has": f"{AT.isoformat()}~{'9' * 30}",
    "digits_of_another_script": f"{AT.isoformat()}~٣",
    "a_number_too_many": f"{AT.isoformat()}~1~2",
}


@pytest.mark.parametrize("key", NO_KEYS.values(), ids=NO_KEYS)
def test_what_is_no_key_is_none(key: str) -> None:
    assert page_keys.read(key, numbers=1) is None
