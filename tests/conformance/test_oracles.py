"""Judges in an environment of their own: they answer, go on after a refusal, say when they are gone."""

from pathlib import Path

import pytest

from tests.conformance import samples
from tests.support import oracles

GOOD = samples.answer(*samples.FOUND)
BAD = GOOD.replace("EB*B*", "EB*?*")


def test_a_good_271_is_read() -> None:
    assert oracles.linuxforhealth(GOOD) == oracles.Verdict(1, ())


def test_every_transaction_of_an_interchange_is_read() -> None:
    one = samples.transaction("271", "005010X279A1", 1, samples.BHT, *samples.FOUND)
    two = samples.transaction("271", "005010X279A1", 2, samples.BHT, *samples.FOUND)

    assert oracles.linuxforhealth(samples.interchange(samples.GS_271, one, two)).read == 2


def test_other_delimiters_are_read() -> None:
    other = GOOD.translate(str.maketrans("*^:~", "|!>\x1d"))

    assert oracles.linuxforhealth(other) == oracles.Verdict(1, ())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("EB*1*", "EB*?*", "eb_segment.eligibility_benefit_information"),
        ("EB*B*IND*98", "EB*B*IND*ZZ", "eb_segment.service_type_code"),
        ("BHT*0022", "BHT*0019", "bht_segment.hierarchical_structure_code"),
        ("NM1*1P*2*LAKESIDE CLINIC*****XX*2000000002~", "", "loop_2100b: field required"),
        ("HL*3*2*22*0", "HL*3*7*22*0", "parent id 7"),
        ("DMG*D8*19800214", "DMG*D8*19801314", "dmg_segment.date_time_period"),
        ("*9171234567", "*9", "trn_segment.0.originating_company_identifier"),
        ("SE*24", "SE*25", "SE segment count 25"),
        ("N4*LAKESIDE", "N4*", "n4_segment.city_name"),
        ("LE*2120", "ZZZ*2120", "ZZZ"),
        ("005010X279A1~ST", "005010X999A1~ST", "005010X999A1"),
    ],
)
def test_a_broken_271_is_refused_with_the_place(old: str, new: str, said: str) -> None:
    assert old in GOOD

    verdict = oracles.linuxforhealth(GOOD.replace(old, new))

    assert verdict.read == 0
    assert any(said in fault for fault in verdict.faults), verdict.faults


@pytest.mark.parametrize("text", ["", "ISA*", "no interchange", "\x00", "é~\n"])
def test_what_is_no_interchange_is_refused(text: str) -> None:
    assert oracles.linuxforhealth(text).faults


def test_a_refusal_leaves_nothing_behind() -> None:
    before = oracles.linuxforhealth(BAD)

    assert oracles.linuxforhealth(GOOD) == oracles.Verdict(1, ())
    assert oracles.linuxforhealth(BAD) == before


def test_a_judge_that_ended_is_no_verdict(tmp_path: Path) -> None:
    program = tmp_path / "silent.py"
    program.write_text("raise SystemExit(3)\n")
    oracle = oracles.Oracle(program)

    with pytest.raises(oracles.NoOracle, match="ended with 3"):
        oracle.ask(GOOD)


def test_a_judge_that_is_not_installed_says_how_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(oracles, "PYTHON", tmp_path / "python")

    with pytest.raises(oracles.NoOracle, match="make install"):
        oracles.Oracle(oracles.READER)
