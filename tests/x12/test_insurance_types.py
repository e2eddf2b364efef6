"""Which lines of business are public programs is read from a setting of pairs."""

import pytest

from portico.config import env
from portico.edges.x12.eligibility import codes


def test_a_setting_of_pairs_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTICO_X12_INSURANCE_TYPES", "medi-cal=MC, senior=HN")
    assert env.pairs("PORTICO_X12_INSURANCE_TYPES") == {"medi-cal": "MC", "senior": "HN"}


@pytest.mark.parametrize("said", ["medi-cal", "medi-cal=", "=MC", "a=b,c"])
def test_a_pair_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("PORTICO_X12_INSURANCE_TYPES", said)
    with pytest.raises(env.BadSetting, match="PORTICO_X12_INSURANCE_TYPES"):
        env.pairs("PORTICO_X12_INSURANCE_TYPES")


def test_a_line_is_the_program_the_plan_says(settings: pytest.FixtureRequest) -> None:
    settings.X12_INSURANCE_TYPES = {"senior": "HN"}  # type: ignore[attr-defined]
    assert codes.insurance_type("HMO", "senior") == "HN"
    assert codes.insurance_type("HMO", "medi-cal") == "HM"
