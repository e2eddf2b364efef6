"""Loading an 834: what each row becomes, what a second load changes, what a bad row costs."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from portico.domains.audit.models import Entry
from portico.domains.jobs.models import Job
from portico.domains.members import retroactive
from portico.domains.members.models import Coverage, Member, OtherCoverage, PcpAssignment
from portico.domains.members.people import masked_ssn
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.tests import building
from portico.edges.loaders.tests.building import NPI, OTHER_NPI, file_834, person
from tests.loads.loading import load, told

PPO = ("HD*021**PPO*7QX*EMP", "DTP*348*D8*20260101")
JAN, JUN = date(2026, 1, 1), date(2026, 6, 30)


def spans(member_id: str = "NLH101") -> list[tuple[str, date, date | None]]:
    rows = Coverage.objects.filter(member__member_id=member_id).order_by("first_on")
    return list(rows.values_list("plan_code", "first_on", "last_on"))


def reload(plan: Path, *people: list[str], control: int = 2) -> Job:
    return load(plan, file_834(*people, control=control))


def test_a_new_member_is_there_with_coverage_line_and_sealed_ssn(plan: Path) -> None:
    job = load(plan, file_834(person()))
    member = Member.objects.get()
    assert (member.member_id, member.subscriber_number, member.last_key) == ("NLH101", "NLH1", "OKAFOR")
    assert masked_ssn(member) == "•••-••-0001"
    assert spans() == [("7QX", JAN, None)]
    assert Coverage.objects.get().line_id == "employer-ppo"
    assert job.summary == {"rows": 1, "accepted": 1}


def test_a_load_says_how_fresh_enrolment_is(plan: Path) -> None:
    load(plan, file_834(person()))
    assert f"{freshness.of()[Feed.ENROLMENT]:%Y-%m-%d %H:%M}" == "2026-03-12 11:00"


def test_a_chunk_is_one_permit_and_one_audit_row(plan: Path) -> None:
    before = Entry.objects.filter(actor_name="loader").count()
    load(plan, file_834(*(person(own_id=f"NLH1{number:02d}", born="19850314") for number in range(20))))
    assert Entry.objects.filter(actor_name="loader").count() == before + 1


def test_the_same_file_again_is_loaded_once(plan: Path) -> None:
    first = load(plan, file_834(person()))
    assert load(plan, file_834(person()), name="other name").public_id == first.public_id


def test_the_same_rows_in_another_file_change_nothing(plan: Path) -> None:
    load(plan, file_834(person()))
    changed_at = Member.objects.get().changed_at
    assert reload(plan, person()).summary == {"rows": 1, "unchanged": 1}
    assert Member.objects.get().changed_at == changed_at


def test_a_known_value_is_not_lost_to_one_not_sent(plan: Path) -> None:
    load(plan, file_834(person(more=["DTP*356*D8*20260101"])))
    reload(plan, person(ins="Y*18*001*25*A", name="OKAFOR*ADAEZE", born="", coverage=()))
    member = Member.objects.get()
    assert (member.birth_date, masked_ssn(member)) == (date(1985, 3, 14), "•••-••-0001")
    assert spans() == [("7QX", JAN, None)]


def test_a_correction_of_name_and_birth_date_is_the_same_person(plan: Path) -> None:
    load(plan, file_834(person(own_id="")))
    corrected = person(
        ins="Y*18*001*25*A",
        own_id="",
        name="OKAFOR-LIND*ADA****34*900110001",
        born="19850315",
        coverage=("NM1*70*1*OKAFOR*ADAEZE", "DMG*D8*19850314*F"),
    )
    reload(plan, corrected)
    member = Member.objects.get()
    assert (member.last_name, member.first_name, member.birth_date) == (
        "OKAFOR-LIND",
        "ADA",
        date(1985, 3, 15),
    )


def test_a_retroactive_end_ends_the_coverage(plan: Path) -> None:
    load(plan, file_834(person()))
    ended = person(ins="Y*18*024*08*A", more=["DTP*357*D8*20260131"], coverage=())
    reload(plan, ended)
    assert spans() == [("7QX", JAN, date(2026, 1, 31))]


def test_only_members_whose_coverage_changed_are_looked_up_for_receipts(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[int]] = []
    monkeypatch.setattr(retroactive, "note_retroactive_change", lambda given, ids: asked.append(list(ids)))
    load(plan, file_834(person(), person(ins="N*19*021", own_id="NLH102", name="OKAFOR*BO")))
    assert asked == []
    ended = person(ins="Y*18*024*08*A", more=["DTP*357*D8*20260131"], coverage=())
    renamed = person(ins="N*19*001", own_id="NLH102", name="OKAFOR*BOB", coverage=())
    reload(plan, ended, renamed)
    assert asked == [[Member.objects.get(member_id="NLH101").pk]]


def test_an_end_before_the_start_takes_the_coverage_away(plan: Path) -> None:
    load(plan, file_834(person()))
    reload(plan, person(ins="Y*18*024*08*A", more=["DTP*357*D8*20251231"], coverage=()))
    assert spans() == []


def test_a_reinstatement_opens_the_coverage_again(plan: Path) -> None:
    load(plan, file_834(person(coverage=(*PPO, "DTP*349*D8*20260131"))))
    reload(plan, person(ins="Y*18*025*20*A", coverage=()))
    assert spans() == [("7QX", JAN, None)]


def test_a_change_of_plan_ends_the_plan_before(plan: Path) -> None:
    load(plan, file_834(person(coverage=("HD*021**HMO*4HB", "DTP*348*D8*20260101"))))
    reload(plan, person(ins="Y*18*001*25*A", coverage=("HD*001**HMO*7QX", "DTP*348*D8*20260701")))
    assert spans() == [("4HB", JAN, JUN), ("7QX", JUN + timedelta(days=1), None)]


def test_several_people_on_one_policy_are_each_themselves(plan: Path) -> None:
    twins = [
        person(ins="N*19*021*20*A", own_id="", name=f"OKAFOR*{first}", born="20170821")
        for first in ("MARISOL", "MARISELA")
    ]
    load(plan, file_834(person(own_id=""), *twins))
    assert set(Member.objects.values_list("member_id", "first_name")) == {
        ("NLH1", "ADAEZE"),
        ("NLH101", "MARISOL"),
        ("NLH102", "MARISELA"),
    }
    assert reload(plan, *twins).summary == {"rows": 2, "unchanged": 2}


def test_a_second_subscriber_of_a_number_is_kept_and_flagged(plan: Path) -> None:
    load(plan, file_834(person(own_id="")))
    job = reload(plan, person(own_id="", name="SMITH*WILLIAM", born="19700614"))
    assert told(job) == [("segment 6", "flagged", "subscriber_number_shared")]
    assert set(Member.objects.values_list("member_id", flat=True)) == {"NLH1", "NLH101"}


def test_an_id_that_a_stranger_has_is_not_given_again(plan: Path) -> None:
    load(plan, file_834(person(number="OTHER", own_id="NLH1")))
    reload(plan, person(own_id="", name="SMITH*WILLIAM", born="19700614"))
    assert set(Member.objects.values_list("member_id", "subscriber_number")) == {
        ("NLH1", "OTHER"),
        ("NLH101", "NLH1"),
    }


def test_a_person_without_birth_date_or_coverage_is_there(plan: Path) -> None:
    job = load(plan, file_834(person(ins="Y*18*025*20*A", born="", coverage=())))
    assert told(job) == [("segment 6", "flagged", "nothing_to_reinstate")]
    assert Member.objects.get().birth_date is None


def test_coverage_without_a_plan_code_is_of_the_line_asked_for(plan: Path) -> None:
    load(plan, file_834(person(coverage=("HD*021**DEN", "DTP*348*D8*20260101"))), line="employer-ppo")
    held = Coverage.objects.get()
    assert (str(held.line_id), held.plan_code, held.product) == ("employer-ppo", "", "DEN")


def test_a_line_the_plan_has_not_refuses_the_file(plan: Path) -> None:
    job = load(plan, file_834(person()), line="dental")
    assert (job.state, job.error) == ("failed", "unknown_line")
    assert "--line" in job.results.get().message
    assert not Member.objects.exists()


def test_a_bad_row_costs_itself_and_no_neighbour(plan: Path) -> None:
    job = load(
        plan,
        file_834(
            person(own_id="NLH101"),
            person(own_id="NLH102", coverage=("HD*021**PPO*4ZZ", "DTP*348*D8*20260101")),
            person(own_id="NLH103", born="20261399"),
            person(own_id="NLH104", coverage=(*PPO, "DTP*349*D8*20251231")),
            person(ins="N*19*021*20*A", own_id="NLH105", name="ROE*JANE"),
        ),
    )
    assert job.summary == {"rows": 5, "accepted": 2, "quarantined": 3}
    assert told(job) == [
        ("segment 14", "quarantined", "unknown_plan_code"),
        ("segment 22", "quarantined", "date_wrong"),
        ("segment 30", "quarantined", "ends_before_it_begins"),
    ]
    assert set(Member.objects.values_list("member_id", flat=True)) == {"NLH101", "NLH105"}


def test_a_quarantined_row_says_where_and_what_without_the_person(plan: Path) -> None:
    job = load(plan, file_834(person(coverage=("HD*021**PPO*4ZZ", "DTP*348*D8*20260101"))))
    row = job.results.get()
    assert row.message == "Segment 12: The benefit catalogue has no plan code 4ZZ. Load the file that has."
    assert row.raw_sealed
    assert b"OKAFOR" not in bytes(row.raw_sealed)


def test_a_member_id_of_somebody_else_is_quarantined(plan: Path) -> None:
    load(plan, file_834(person()))
    job = reload(plan, person(name="ROE*JANE", born="19990101"))
    assert told(job) == [("segment 6", "quarantined", "member_id_of_another")]
    assert Member.objects.get().last_name == "OKAFOR"


def test_people_who_cannot_be_told_apart_are_quarantined(plan: Path) -> None:
    held = [person(own_id=f"NLH10{n}", name="DOE*SAM", born=f"2000010{n}") for n in (1, 2)]
    load(plan, file_834(*held))
    assert told(reload(plan, person(own_id="", name="DOE*SAM", born=""))) == [
        ("segment 6", "quarantined", "several_people_match")
    ]


def test_a_pcp_is_assigned_with_the_tax_id_sent(plan: Path) -> None:
    pcp = ("REF*17*070000009", "LX*1", f"NM1*P3*1*LIN*GRACE****XX*{NPI}*25")
    load(plan, file_834(person(coverage=(*PPO, *pcp))))
    assert list(PcpAssignment.objects.values_list("npi", "tax_id", "name", "first_on", "last_on")) == [
        (NPI, "070000009", "GRACE LIN", JAN, None)
    ]


def test_a_pcp_sent_without_a_tax_id_gets_the_one_he_bills_under(plan: Path) -> None:
    load(plan, building.PROVIDERS.encode(), Kind.PROVIDERS)
    load(plan, file_834(person(coverage=(*PPO, "LX*1", f"NM1*P3*1*LIN*GRACE****XX*{NPI}*25"))))
    assert PcpAssignment.objects.get().tax_id == building.TAX_ID


def test_a_change_of_pcp_takes_effect_on_the_day_of_the_file(plan: Path) -> None:
    load(plan, file_834(person(coverage=(*PPO, "LX*1", f"NM1*P3*1*LIN*GRACE****XX*{NPI}*25"))))
    change = (
        "HD*001**PPO*7QX",
        "DTP*348*D8*20260101",
        "LX*1",
        f"NM1*P3*1*FARAHANI*BIJAN****XX*{OTHER_NPI}*25",
    )
    reload(plan, person(ins="Y*18*001*25*A", coverage=change))
    assert list(PcpAssignment.objects.order_by("first_on").values_list("npi", "first_on", "last_on")) == [
        (NPI, JAN, date(2026, 3, 11)),
        (OTHER_NPI, date(2026, 3, 12), None),
    ]


def test_other_coverage_is_kept_once_for_each_payer(plan: Path) -> None:
    other = ("COB*P*X2041*1", "DTP*344*D8*20250101", "NM1*IN*2*GREAT BASIN MUTUAL")
    load(plan, file_834(person(coverage=(*PPO, *other))))
    assert reload(plan, person(coverage=(*PPO, *other))).summary == {"rows": 1, "unchanged": 1}
    assert list(OtherCoverage.objects.values_list("order", "payer_name", "policy_number", "first_on")) == [
        ("P", "GREAT BASIN MUTUAL", "X2041", date(2025, 1, 1))
    ]


def test_a_family_spread_over_chunks_is_one_family(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.edges.loaders.handling.CHUNK", 2)
    people = [
        person(ins="N*19*021*20*A", own_id="", name=f"OKAFOR*{first}", born="20170821")
        for first in ("ANA", "BEA", "CLEO", "DORA", "ELSA")
    ]
    job = load(plan, file_834(person(own_id=""), *people))
    assert job.summary == {"rows": 6, "accepted": 6}
    assert Member.objects.count() == 6


def test_a_broken_file_loads_nothing_and_says_where(plan: Path) -> None:
    job = load(plan, file_834(person()).replace(b"SE*12", b"SE*13"))
    assert (job.state, job.error) == ("failed", "broken_envelope")
    assert "segment 14 (SE01)" in job.results.get().message
    assert not Member.objects.exists()
