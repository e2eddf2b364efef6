"""What is kept of an answer is the answer, whole; and texts of an earlier version stay readable."""

import base64
import json
import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from portico.domains.members import inquiries, keeping
from portico.domains.members.answers import Answered
from portico.domains.members.asked import (
    ByCoverageKey,
    ByFacts,
    ByKey,
    ByMemberId,
    ByName,
    BySsn,
    Facts,
    Inquiry,
    NoAnswer,
    NotAnswered,
    SearchBy,
    WhichId,
)
from portico.domains.members.keeping import Kept
from portico.domains.members.tests import factories
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

BIRTH = date(1984, 5, 6)
FULL = Facts("N1", "900456789", "Okafor", "Adaeze", BIRTH, WhichId.OWN)
EVERYTHING = NotAnswered(
    NoAnswer.NAME_DIFFERS,
    lines_searched=("employer-hmo",),
    earliest=BIRTH,
    latest=date(2026, 3, 31),
    again_at=datetime(2026, 3, 12, 17, 0, 0, 123456, tzinfo=UTC),
    also=(NoAnswer.BIRTH_DATE_DIFFERS,),
    reference="0123456789AB",
)


def again(answer: Kept, **more: bool) -> Kept:
    """The answer after it was kept."""
    return keeping.answer_of(keeping.text_of(answer), **more)


@pytest.fixture
def answered(plan: None) -> Answered:
    """Everything an answer may tell: two spans, a PCP, another payer, benefits with a limit, amounts used."""
    del plan
    member = factories.a_covered_member("N1", sex="F", address="77 Marigold Street", death_date=BIRTH)
    factories.a_coverage(member, factories.PPO, plan_code="4PX", premium_paid_to=date(2026, 2, 1))
    factories.a_version()
    factories.an_office()
    factories.a_provider("2000000016", factories.OURS, group="G1")
    factories.a_pcp(member, "2000000016", factories.OURS)
    factories.used(member, "deductible", 250)
    member.other_coverages.create(order="P", payer_name="Other Payer", first_on=date(2026, 1, 1))
    inquiry = factories.inquiry(ByFacts(Facts(member_id="N1", last_name="Okafor")))
    told = inquiries.ask(actor=factories.front_desk(), inquiry=inquiry, with_benefits=True)
    assert isinstance(told, Answered)
    return told


def test_an_answer_is_kept_whole(answered: Answered) -> None:
    (told,) = answered.told
    assert told.benefits is not None
    assert told.benefits.services[-1].limit is not None
    assert told.accumulators is not None
    assert told.accumulators.meters[0].used == Decimal(250)
    assert told.eligibility.pcp is not None
    assert told.other_coverage.payers
    assert len(told.spans) == 2
    assert again(answered) == answered


def test_without_benefits_all_but_the_amounts_comes_back(answered: Answered) -> None:
    (told,) = answered.told
    bare = replace(answered, told=(replace(told, benefits=None, accumulators=None),))
    assert again(answered, with_benefits=False) == bare


@pytest.mark.parametrize("answer", [NotAnswered(NoAnswer.TOO_MANY), EVERYTHING])
def test_the_reasons_there_is_none_are_kept_whole(answer: NotAnswered) -> None:
    assert again(answer) == answer


def test_a_decision_is_kept_whole() -> None:
    refused = decide(factories.administrator(), Question(Function.ELIGIBILITY, factories.OURS, factories.HMO))
    assert not refused.allowed
    assert again(refused) == refused
    lines = frozenset({factories.HMO, factories.PPO})
    allowed = decide(factories.front_desk(lines=lines), Question(Function.ELIGIBILITY))
    assert allowed.scope.lines() == lines
    assert again(allowed) == allowed


@pytest.mark.parametrize(
    "by",
    [
        ByMemberId("N1", WhichId.POLICY),
        BySsn("900456789", BIRTH),
        ByName("Okafor", BIRTH),
        ByFacts(FULL, dependent=Facts(first_name="Ngozi"), is_subscriber=True),
        ByKey("k"),
        ByCoverageKey("c"),
    ],
)
def test_a_question_is_kept_whole(by: SearchBy) -> None:
    inquiry = Inquiry(factories.OURS, factories.TODAY, by, line=factories.HMO)
    image = json.loads(json.dumps(keeping.image_of(inquiry)))
    assert keeping.inquiry_of(image) == inquiry


def test_a_text_without_a_newer_field_takes_its_default_and_one_with_an_unknown_field_drops_it() -> None:
    image = json.loads(zlib.decompress(base64.b64decode(keeping.text_of(EVERYTHING))))
    del image["NotAnswered"]["also"]
    image["NotAnswered"]["of_tomorrow"] = 1
    text = base64.b64encode(zlib.compress(json.dumps(image).encode())).decode()
    assert keeping.answer_of(text) == replace(EVERYTHING, also=())


def test_a_plans_services_take_little_room(answered: Answered) -> None:
    (told,) = answered.told
    assert told.benefits is not None
    many = replace(told, benefits=replace(told.benefits, services=told.benefits.services * 20))
    short, long = keeping.text_of(answered), keeping.text_of(replace(answered, told=(many,)))
    assert len(long) < 2 * len(short)
