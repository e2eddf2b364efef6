"""The requests of the demo: two years of them, about people who were covered, each with something to see."""

from datetime import timedelta

from portico.demo import authorizers, case_households, cases, offices, people
from portico.demo.authorizations import care, rules, wanted, words
from portico.demo.authorizations.wanted import Then
from portico.demo.case_parts import Story
from portico.demo.tests.conftest import TODAY
from portico.domains.authorizations import approval_rules, decision_reasons
from portico.domains.authorizations.facts.requested import Kind, Level
from portico.domains.permits.functions import DESK_FUNCTIONS, Function

EVERYTHING = tuple(wanted.everything(TODAY))
NAMED = {each.key: each for each in EVERYTHING if each.key}


def test_there_are_two_years_of_them_the_oldest_first() -> None:
    ago = [each.days_ago for each in EVERYTHING]
    assert ago == sorted(ago, reverse=True)
    assert 50 <= len(EVERYTHING) <= 80
    assert ago[0] > 700


def test_each_key_stands_once_and_says_what_there_is_to_see() -> None:
    keys = [each.key for each in EVERYTHING if each.key]
    assert len(keys) == len(set(keys))
    assert {"approved", "partly", "denied", "pended", "expedited", "out_of_scope"} <= set(keys)
    assert all(each.says for each in NAMED.values())


def test_every_patient_is_a_named_case_or_with_one_and_covered_when_it_begins() -> None:
    known = {case.member_id: case for case in cases.cases(TODAY)}
    people_of = {case.subscriber_id: story for case, story in zip(known.values(), _stories(), strict=True)}
    for each in EVERYTHING:
        case = known[each.member]
        person = people_of[case.subscriber_id].household.people[int(each.member[-2:]) - 1]
        on = TODAY - timedelta(days=each.days_ago) + timedelta(days=each.begins_in)
        assert any(
            span.begins_on <= on and (span.ends_on is None or span.ends_on >= on) for span in person.coverages
        ), each


def test_who_asks_works_at_the_office_and_may_ask() -> None:
    for each in EVERYTHING:
        [persona] = people.BY_KEY[each.clerk].personas
        assert persona.office is not None
        assert each.office.tax_id in persona.office.tax_ids
        sends = Function.REFERRALS if each.what.kind is Kind.REFERRAL else Function.AUTHORIZATION_SUBMISSION
        [grant] = [grant for grant in persona.grants if sends in grant.functions]
        assert each.days_ago < -grant.from_day
        assert each.clerk in words.CONTACTS


def test_the_plans_people_may_do_what_is_asked_of_them() -> None:
    assert _functions(authorizers.REVIEWER) == {Function.AUTHORIZATION_REVIEW}
    for director in (authorizers.DIRECTOR, authorizers.SECOND_DIRECTOR):
        assert Function.ADVERSE_DETERMINATION in _functions(director)


def test_every_denial_has_a_known_code_and_words_of_its_own() -> None:
    for code, text, criteria in (words.IN_PART, words.NOT_AT_ALL):
        assert code in decision_reasons.BY_CODE
        assert len(text) > 40
        assert criteria


def test_everything_that_can_become_of_a_request_does() -> None:
    assert {each.then for each in EVERYTHING} == set(Then)
    assert {each.what.kind for each in EVERYTHING} == set(Kind)
    assert {each.level for each in EVERYTHING} == set(Level)


def test_the_plans_rules_can_be_and_none_holds_for_what_people_are_to_decide() -> None:
    told = list(rules.published(TODAY))
    assert [rule.position for rule in told] == sorted({rule.position for rule in told})
    for rule in told:
        assert approval_rules.wrong(rule.conditions) == ()
    for each in EVERYTHING:
        said: approval_rules.Inputs = {
            "codes": tuple(item.code for item in each.what.items),
            "diagnoses": each.what.diagnoses,
            "units": str(max(item.quantity for item in each.what.items)),
            "requesting_in_network": True,
        }
        approving = (rule for rule in told if rule.outcome == "approve")
        holding = [
            rule.key for rule in approving if all(approval_rules.holds(one, said) for one in rule.conditions)
        ]
        assert holding == ([rules.SUPPLIES] if each.what is care.SUPPLIES else []), each


def test_the_one_out_of_scope_names_nobody_of_lakeside() -> None:
    what = NAMED["out_of_scope"]
    theirs = {what.office.tax_id} | {doer.practice.tax_id for doer in (what.what.servicing,) if doer}
    assert theirs.isdisjoint(offices.LAKESIDE.tax_ids)


def _functions(key: str) -> set[Function]:
    [persona] = people.BY_KEY[key].personas
    assert persona.desk is not None
    return set(DESK_FUNCTIONS[persona.desk])


def _stories() -> list[Story]:
    return list(case_households.stories(TODAY))
