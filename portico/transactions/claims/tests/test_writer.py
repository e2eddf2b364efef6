"""Claims written and read again are the same, and an independent validator takes what is written."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from pyx12 import params, x12n_document

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.grammar_faults import Fault
from portico.transactions.claims import reader, writer
from portico.transactions.claims.tests import claims as made
from portico.transactions.claims.writer import OtherForm
from portico.transactions.guides.guide_837i import GUIDE_837I
from portico.transactions.guides.guide_837p import GUIDE_837P

AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)
GUIDES = {Form.PROFESSIONAL: GUIDE_837P, Form.INSTITUTIONAL: GUIDE_837I}
UNKNOWN_TO_PYX12 = ("ISA11",)  # its map of the 837 allows no repetition separator


def written(claims: Sequence[SentClaim], form: Form | None = None) -> bytes:
    target = io.BytesIO()
    form = form or claims[0].form
    count = writer.write(target, claims, form=form, ends=made.ENDS, at=AT, control_number=7)
    assert count == len(claims)
    return target.getvalue()


def read(raw: bytes) -> list[SentClaim]:
    """The claims of a file, without their places; none of them has a fault."""
    found = []
    for claim in reader.read(io.BytesIO(raw)):
        assert claim.faults == ()
        assert claim.sent
        found.append(claim.sent)
    return [
        replace(claim, place=0, services=tuple(replace(line, place=0) for line in claim.services))
        for claim in found
    ]


def faults_under_guide(raw: bytes) -> list[Fault]:
    faults: list[Fault] = []
    for interchange in envelopes.read(raw):
        for transaction in interchange.transactions():
            guide = next(guide for guide in GUIDES.values() if guide.version == transaction.guide)
            list(grammar.labelled(transaction, guide, faults.append))
    return faults


def findings(raw: bytes) -> list[str]:
    """What pyx12 finds."""
    report = io.StringIO()
    x12n_document.x12n_document(params.params(), io.StringIO(raw.decode()), None, None, fd_json=report)
    found = _errors(json.loads(report.getvalue()))
    return [words for words in found if not any(name in words for name in UNKNOWN_TO_PYX12)]


def _errors(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and "err_str" in node:
        yield f"{node.get('err_cde')} {node['err_str']}"
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from _errors(child)


CLAIMS = {"a visit": made.VISIT, "a secondary claim": made.SECONDARY, "a stay": made.STAY}


@pytest.mark.parametrize("name", CLAIMS)
def test_what_is_written_is_read_again(name: str) -> None:
    assert read(written([CLAIMS[name]])) == [CLAIMS[name]]


@pytest.mark.parametrize("name", CLAIMS)
def test_pyx12_takes_what_is_written(name: str) -> None:
    raw = written([CLAIMS[name], CLAIMS[name]])
    assert faults_under_guide(raw) == []
    assert findings(raw) == []


def test_pyx12_does_look() -> None:
    raw = written([made.VISIT])
    for change in (
        (b"SV1*HC", b"SV1*XX"),
        (b"HI*ABK", b"HI*AAA"),
        (b"~SBR*P", b"~SBR*1"),
        (b"HL*2*1", b"HL*2*9"),
    ):
        assert raw.count(change[0]) >= 1
        assert findings(raw.replace(*change)) != []


@given(made.claims())
@settings(max_examples=60, deadline=None)
def test_any_claim_comes_back(claim: SentClaim) -> None:
    raw = writer.one(claim, ends=made.ENDS, at=AT, control_number=7)
    (again,) = read(raw)
    assert again == claim
    assert faults_under_guide(raw) == []


def test_claims_of_one_provider_stand_below_each_other() -> None:
    raw = written([made.VISIT, made.SECONDARY, made.VISIT, replace(made.VISIT, pay_to=None)])
    assert raw.count(b"*20*1~") == 3  # the one paid elsewhere stands for itself
    assert len(read(raw)) == 4


def test_payment_and_encounter_go_in_sets_of_their_own() -> None:
    encounter = replace(made.VISIT, is_encounter=True)
    raw = written([made.VISIT, encounter, encounter])
    assert raw.count(b"~ST*") == 2
    assert [claim.is_encounter for claim in read(raw)] == [False, True, True]


def test_a_set_ends_after_5000_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_CLAIMS", 2)
    raw = written([made.VISIT] * 5)
    assert raw.count(b"~ST*") == 3
    assert len(read(raw)) == 5


def test_a_claim_of_the_other_form_is_refused() -> None:
    with pytest.raises(OtherForm):
        written([made.VISIT, made.STAY], Form.PROFESSIONAL)


def test_a_delimiter_in_a_name_breaks_nothing() -> None:
    subscriber = replace(made.SUBSCRIBER, last_name="RI*VE~RA")
    (again,) = read(written([replace(made.VISIT, subscriber=subscriber)]))
    assert again.subscriber.last_name == "RI VE RA"


RICH = (
    b"~REF*EI*912345678~REF*0B*L1234~",
    b"~PAT*******01*155~",
    b"~REF*Y4*PC99~",
    b"***11:B:1*N*C*W*I*P*AA::::CA*********7~",
    b"~PWK*OZ*BM***AC*X99~",
    b"~K3*FIXED FORM~",
    b"~CRC*07*Y*04*06~",
    b"~NM1*82*1*OKAFOR*BEN*Q***XX*2000000017~PRV*PE*PXC*208D00000X~REF*G2*88877~",
    b"~NM1*DQ*1*HEAD*PHYSICIAN****XX*2000000025~",
    b"~SV1*HC:99214:25*150*UN*1*11**1:2**Y~",
    b"~MEA*TR*HT*70~",
    b"~NM1*DK*1*WELBY*MARCUS****XX*2000000033~",
    b"~LQ*UT*02.03B~FRM*1*Y~",
)
"""What a file may say beside the facts of a claim."""

CHANGES = (
    (b"~REF*EI*912345678~", RICH[0]),
    (b"~NM1*IL*", RICH[1] + b"NM1*IL*"),
    (b"~NM1*PR*", RICH[2] + b"NM1*PR*"),
    (b"***11:B:1*Y*A*Y*Y~", RICH[3] + b"PWK*OZ*BM***AC*X99~"),
    (b"~NTE*ADD", RICH[5] + b"NTE*ADD"),
    (b"~HI*ABK", RICH[6] + b"HI*ABK"),
    (b"~NM1*82*1*OKAFOR*BEN****XX*2000000017~PRV*PE*PXC*208D00000X~", RICH[7] + RICH[8][1:]),
    (b"~SV1*HC:99214:25*150*UN*1***1:2~", RICH[9]),
    (b"~REF*6R*L1~", RICH[10] + b"REF*6R*L1~" + RICH[11][1:] + RICH[12][1:]),
)


def rich() -> bytes:
    """A file that says more than facts hold."""
    raw = written([made.VISIT])
    for before, after in CHANGES:
        assert raw.count(before) == 1, before
        raw = raw.replace(before, after)
    count = raw[raw.index(b"~ST*") : raw.index(b"~SE*")].count(b"~") + 1
    was = raw[raw.index(b"~SE*") + 4 :].split(b"*")[0]
    return raw.replace(b"~SE*" + was, b"~SE*%d" % count)


def test_what_facts_do_not_hold_is_carried_and_written_again() -> None:
    assert faults_under_guide(rich()) == []
    (claim,) = read(rich())
    again = written([claim])
    assert faults_under_guide(again) == []
    assert findings(again) == []
    for said in RICH:
        assert said in again, said
    assert read(again) == [claim]


def test_what_is_decided_anew_counts_over_what_is_carried() -> None:
    (claim,) = read(rich())
    raw = written([replace(claim, frequency="7", billed=claim.billed + 1, original_number="C9")])
    assert b"*216.5***11:B:7*N*C*W*I*P*AA::::CA" in raw
    assert b"~REF*F8*C9~" in raw


def test_an_institution_keeps_hours_values_and_days_of_procedures() -> None:
    raw = written([made.STAY]).replace(b"DTP*435*D8*20260201~", b"DTP*435*DT*202602011330~")
    raw = raw.replace(
        b"HI*BBR:02HV33Z:D8:20260201~HI*BBQ:5A1935Z:D8:20260201~", b"HI*BBR:02HV33Z:D8:20260202~"
    )
    raw = raw.replace(b"~NM1*71", b"~HI*BE:80:::2~NM1*71")
    (claim,) = read(raw)
    again = written([claim])
    for said in (b"DTP*435*DT*202602011330~", b"HI*BBR:02HV33Z:D8:20260202~", b"HI*BE:80:::2~"):
        assert again.count(said) == 1
    assert again.count(b"HI*BB") == again.count(b"DTP*435") == 1
    assert faults_under_guide(again) == []


def test_each_decision_of_another_payer_is_kept_where_there_are_several() -> None:
    raw = written([made.SECONDARY]).replace(b"~LX*2~", b"~SVD*98*7*HC:99214:25**1~DTP*573*D8*20260125~LX*2~")
    count = int(raw[raw.index(b"~SE*") + 4 :].split(b"*")[0])
    raw = raw.replace(b"~SE*%d" % count, b"~SE*%d" % (count + 2))
    (claim,) = read(raw)
    assert claim.services[0].other_paid == 57
    again = written([claim])
    assert again.count(b"~SVD*") == 3
    assert faults_under_guide(again) == []
