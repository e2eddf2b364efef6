"""Whatever is granted, every door shows the same members: those of the granted lines."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from portico.domains.access import granting
from portico.domains.access.granting import NewGrant
from portico.domains.permits.functions import Function
from tests.agreement import answers_271, by_files, people
from tests.agreement.by_fhir import ByFhir
from tests.agreement.by_files import ByFiles
from tests.agreement.by_x12 import ByX12
from tests.agreement.heard import At, Covered, Door, Question
from tests.support import cast, patients, programs, visiting, working
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.doors import core, fhir, x12
from tests.support.doors.x12 import Sought

LAST_NAMES = {
    patients.ZEPHYRINE: "Quillfeather",
    patients.PERPETUA: "Quillfeather",
    patients.ENDED: "Quillfeather",
    patients.NEVER: "Quillfeather",
    patients.CLEMENTINA: "Wintergreen",
    people.TWO_COVERAGES: "Twombly",
}
ALL_LINES = frozenset((cast.HMO, cast.PPO, cast.MEDI_CAL))
LINES: dict[str, frozenset[str]] = {
    patients.ZEPHYRINE: frozenset({cast.HMO}),
    patients.PERPETUA: frozenset({cast.MEDI_CAL}),
    patients.ENDED: frozenset({cast.HMO}),
    patients.NEVER: frozenset(),
    patients.CLEMENTINA: frozenset({cast.PPO}),
    people.TWO_COVERAGES: frozenset({cast.HMO, cast.PPO}),
}
TOMORROW = TODAY + timedelta(days=1)
EVERYBODY = [Sought(member_id, last_name) for member_id, last_name in LAST_NAMES.items()]
EXAMPLES = 12  # each asks five doors about everybody
WHO = "without_function"  # comes with no grant that shows a member, and so begins with none

grants = st.lists(
    st.builds(
        NewGrant,
        function=st.just(Function.ELIGIBILITY),
        tax_ids=st.sampled_from([(cast.OWN,), (cast.OWN, cast.SECOND), (cast.OWN,), (cast.SECOND,)]),
        first_on=st.sampled_from([worlds.LAST_YEAR, TODAY, TODAY, TOMORROW]),
        last_on=st.sampled_from([None, TOMORROW]),
        lines=st.sampled_from([(cast.HMO,), (cast.PPO,), (cast.MEDI_CAL,), (cast.HMO, cast.MEDI_CAL), ()]),
        state=st.sampled_from(["active", "active", "active", "proposed"]),
    ),
    min_size=1,
    max_size=3,
)


def members_of(new: list[NewGrant]) -> frozenset[str]:
    """Whom these grants show today, for the own tax ID: in their lines, and whoever has no coverage."""
    held = [
        frozenset(grant.lines) or ALL_LINES
        for grant in new
        if cast.OWN in grant.tax_ids and grant.state == "active" and grant.first_on <= TODAY
    ]
    lines = frozenset().union(*held)
    return frozenset(member for member, own in LINES.items() if held and (not own or own & lines))


@dataclass(slots=True)
class House:
    """One person and the two programs that hold the same, each behind its door."""

    files: ByFiles
    partner: ByX12
    fhir: ByFhir

    def give(self, new: list[NewGrant]) -> None:
        """Give all three the same."""
        persona = self.files.stand.world[WHO].persona_id
        for grant in new:
            granting.add_grant(actor=worlds.system(), persona_id=persona, new=grant)
        programs.give(self.partner.asker(WHO), *new)
        programs.give(self.fhir.asker(WHO)[0], *new)

    def shown(self) -> dict[At, frozenset[str]]:
        """Whom each door shows of everybody, asked for the own tax ID."""
        return {
            At.WEB: self._on_pages(),
            At.FILES: self._in_a_file(),
            At.REAL_TIME: self._at_once(),
            At.BATCH: self._in_a_batch(),
            At.FHIR: self._in_fhir(),
        }

    def _on_pages(self) -> frozenset[str]:
        browser = self.files.people.browser(WHO)
        answers = {
            one.member_id: visiting.search(browser, member_id=one.member_id, tax_id=cast.OWN)
            for one in EVERYBODY
        }
        return frozenset(member for member, answer in answers.items() if answer.status_code == 302)

    def _in_a_file(self) -> frozenset[str]:
        browser = self.files.people.browser(WHO)
        answer = by_files.send(browser, [Question(WHO, one) for one in EVERYBODY], cast.OWN)
        if answer.status_code == 403:
            return frozenset()
        browser.post(f"{answer.headers['Location']}start/")
        working.work()
        rows = by_files.results(browser, answer.headers["Location"])
        return frozenset(row["member_id"] for row in rows) - {""}

    def _at_once(self) -> frozenset[str]:
        return self._told(core.call(core.REAL_TIME, self.partner.asker(WHO), self._inquiry()))

    def _in_a_batch(self) -> frozenset[str]:
        program = self.partner.asker(WHO)
        receipt = core.call(core.SUBMIT, program, self._inquiry())
        if receipt.error != "Success":
            return frozenset()
        working.work()
        return self._told(core.call(core.FETCH_RESULTS, program, PayloadID=receipt.fields["PayloadID"]))

    def _in_fhir(self) -> frozenset[str]:
        _, token = self.fhir.asker(WHO)
        bundles = [fhir.get("Patient", token, {"identifier": one.member_id}).json() for one in EVERYBODY]
        found = [each for bundle in bundles for each in fhir.resources(bundle, "Patient")]
        return frozenset(each["identifier"][0]["value"] for each in found)

    def _inquiry(self) -> str:
        return x12.inquiry(self.partner.asker(WHO).sender_id, EVERYBODY, tax_id=cast.OWN)

    def _told(self, back: core.Back) -> frozenset[str]:
        said = map(answers_271.said, x12.patients(back.payload))
        return frozenset(each.member_id for each in said if isinstance(each, Covered))


def house(doors: tuple[Door, ...]) -> House:
    """The three, made before anything is granted."""
    found: dict[Any, Any] = {type(door): door for door in doors}
    made = House(found[ByFiles], replace(found[ByX12], at=At.REAL_TIME), found[ByFhir])
    made.files.people.browser(WHO)
    made.partner.asker(WHO)
    made.fhir.asker(WHO)
    return made


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside the block, the rows are afterwards as they were before."""
    undo = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(undo)


def test_the_doors_show_the_same_members_whatever_is_granted(doors: tuple[Door, ...]) -> None:
    lived_in = house(doors)
    seen: set[frozenset[str]] = set()

    @settings(max_examples=EXAMPLES, phases=[Phase.explicit, Phase.generate])
    @given(grants)
    def check(new: list[NewGrant]) -> None:
        with undone():
            lived_in.give(new)
            shown = lived_in.shown()
        assert shown == dict.fromkeys(shown, members_of(new))
        seen.update(shown.values())

    check()
    assert len(seen) > 3
