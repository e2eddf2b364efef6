"""How member IDs are written is a setting; one that would take every number for a member stops the start."""

import pytest

from portico.config import env

NAME = "PORTICO_MEMBER_ID_FORMS"


@pytest.mark.parametrize(
    ("said", "forms"),
    [("", []), ("NLH########", ["NLH########"]), ("@@-####, 9######@", ["@@-####", "9######@"])],
    ids=["none", "one", "two"],
)
def test_forms_stand_between_commas(monkeypatch: pytest.MonkeyPatch, said: str, forms: list[str]) -> None:
    monkeypatch.setenv(NAME, said)
    assert env.forms(NAME, "unheard####") == forms


def test_a_plan_that_says_nothing_has_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert env.forms(NAME) == []
    assert env.forms(NAME, "NLH####") == ["NLH####"]


@pytest.mark.parametrize("said", ["#", "NLH", "@@@###", "NLH########,x"])
def test_a_form_with_hardly_a_digit_stops_the_start(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(NAME, said)
    with pytest.raises(env.BadSetting, match=NAME):
        env.forms(NAME)
