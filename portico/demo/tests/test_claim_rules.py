"""The demo's rules of claims: the days are those of the manuals, and every document is in the library."""

from datetime import date, timedelta

from portico.demo import claim_rules
from portico.demo.library import documents, rules
from portico.demo.lines import CODES
from portico.demo.tests.conftest import TODAY
from portico.domains.claims import rules as status_rules
from portico.domains.claims.deadline_rules import Kind, narrowest


def test_every_line_has_its_three_deadlines_as_its_manual_says() -> None:
    told = tuple(claim_rules.deadlines(TODAY))
    for line in CODES:
        found = {kind: narrowest(told, kind=kind, line=line, tax_id="174204417", on=TODAY) for kind in Kind}
        days = {kind: rule.days for kind, rule in found.items() if rule}
        of = rules.OF[line]
        assert days[Kind.TIMELY_FILING] == of.filing_days
        assert days[Kind.DISPUTE] == of.dispute_days
        assert f"{days[Kind.PROMPT_PAY]} calendar days" == of.pay_days


def test_medi_cal_filed_within_fewer_days_before_the_update() -> None:
    told = tuple(claim_rules.deadlines(TODAY))
    new_year = date(TODAY.year, 1, 1)
    sides = {new_year: 180, new_year - timedelta(days=1): 120}
    for on, days in sides.items():
        rule = narrowest(told, kind=Kind.TIMELY_FILING, line="medi-cal", tax_id="", on=on)
        assert rule
        assert rule.days == days


def test_everything_cited_is_in_the_library_and_in_force() -> None:
    held = {
        document.key
        for document in documents.everything(TODAY)
        if any(one.first_on <= TODAY and not one.last_on for one in document.versions)
    }
    cited = {rule.document for rule in claim_rules.deadlines(TODAY)}
    cited |= {policy.document for policy in claim_rules.policies()}
    assert cited <= held


def test_no_code_is_told_twice_for_a_line_and_pend_reasons_are_known() -> None:
    told = [(policy.kind, policy.code, policy.line) for policy in claim_rules.policies()]
    assert len(set(told)) == len(told)
    pends = {code for kind, code, _ in told if kind == claim_rules.PEND}
    assert pends <= set(status_rules.PEND_REASONS)
