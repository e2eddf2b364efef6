"""Codes of claims and payments have words: plain, whole sentences, and advice with each."""

from portico.domains.claims.facts.adjusted import Group
from portico.domains.claims.rules import CLAIM_STATUS, PEND_REASONS, NextAction, Owner, Status
from portico.edges.web.codes import payments, reasons, states

LISTED = [
    *map(reasons.carc, reasons.known_carcs()),
    *map(reasons.rarc, reasons.known_rarcs()),
]


def test_the_reasons_and_remarks_in_common_use_have_words() -> None:
    assert len(reasons.known_carcs()) >= 250
    assert len(reasons.known_rarcs()) >= 190
    assert len(LISTED) == len({(words.code, words.means) for words in LISTED})


def test_words_are_sentences_with_advice() -> None:
    for words in LISTED:
        for sentence in (words.means, words.advice):
            assert sentence[0].isupper(), words
            assert sentence.endswith("."), words
            assert " " in sentence, words
            assert "|" not in sentence, words


def test_a_code_of_no_list_is_shown_as_it_came() -> None:
    for words in (reasons.carc("9999"), reasons.rarc("N9999")):
        assert words.code.endswith("9999")
        assert not words.is_known
        assert "Provider Services" in words.advice


def test_a_deductible_is_the_patients() -> None:
    assert "deductible" in reasons.carc("1").means
    assert reasons.carc("1").advice == "Collect it from the patient."


def test_every_group_says_who_bears_it() -> None:
    assert {group.value for group in Group} == set(reasons.GROUPS)
    assert reasons.group("XX").name == "XX"


def test_every_state_of_a_claim_has_words() -> None:
    assert set(states.STATES) == set(states.TONES) == set(Status)
    assert set(states.WAITS_FOR) == set(PEND_REASONS)
    assert set(states.OWNERS) == set(Owner)
    assert set(states.ACTIONS) == set(NextAction)


def test_a_pend_reason_of_a_plans_own_is_readable() -> None:
    assert states.waits_for("second_look") == "second look"
    assert states.action("call_us") == "Call us."


def test_every_decision_of_an_835_has_words() -> None:
    assert set(CLAIM_STATUS) <= set(payments.DECISIONS)
    assert payments.decision("99") == "Status 99"
    assert payments.adjustment("ZZ") == "Adjustment ZZ"
    assert payments.adjustment("WO").startswith("An earlier overpayment")
    assert payments.method("CHK") == "Check"
