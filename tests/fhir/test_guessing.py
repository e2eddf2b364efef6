"""Whoever tries numbers gets slow, however the search is dressed."""

import pytest

from portico.domains.members import rules
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients

WRONG = {"family": "Nobody"}


@pytest.mark.parametrize("beside", [{}, WRONG, {"birthdate": "1901-01-01"}, {"family": "A", "given": "B"}])
def test_numbers_are_not_tried_without_end(
    software: Asker, monkeypatch: pytest.MonkeyPatch, beside: dict[str, str]
) -> None:
    monkeypatch.setattr(rules, "FREE_MISSES_OF_MACHINES", 2)
    statuses = [
        software.get("Patient", {"identifier": f"NLQX000{number}", **beside}).status_code
        for number in range(4)
    ]
    assert statuses == [200, 200, 200, 429]


def test_a_number_under_another_name_is_a_miss_too(software: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "FREE_MISSES_OF_MACHINES", 0)
    asked = {"identifier": patients.ZEPHYRINE, **WRONG}
    assert clients.matches(software.get("Patient", asked)) == []
    assert software.get("Patient", asked).status_code == 429
