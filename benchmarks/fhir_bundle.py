"""A searchset of fifty Coverages, built and written by our edge, beside fhir.resources and plain orjson.

    python -m benchmarks.fhir_bundle [--coverages N]

Ours begins with the finished answer of the domain, as a search does, and ends with the bytes that are sent.
fhir.resources begins with those bytes: it reads them into its R4B models, checked, and writes them again. The
floor is orjson writing the finished dictionary, with nothing built. No database is asked. Seconds are the
processor's, the least of many turns.
"""

import argparse
import os
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks import ratios

if TYPE_CHECKING:
    from portico.domains.members.answers import Told

NOW, TODAY = datetime(2026, 3, 12, 17, tzinfo=UTC), date(2026, 3, 12)
REPEATS = 40
FLOOR, OURS = "floor: orjson of the finished dictionary", "Portico: built and written"
PARSED, WRITTEN = "fhir.resources: read and checked", "fhir.resources: read, checked and written"
KEY = "0123456789abcdef0123456789abcdef"


def main() -> None:
    """Prints each time, its ratio to the floor, and how many times as fast ours is as the models."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--coverages", type=int, default=50)
    count = options.parse_args().coverages
    os.environ |= {"PORTICO_TESTING": "1", "DJANGO_SETTINGS_MODULE": "portico.config.settings"}
    import django

    django.setup()
    from portico.edges.fhir import answering

    told = _told(count)
    body = _built(told)
    sent = answering.written(body)
    works: dict[str, ratios.Work] = {
        FLOOR: partial(answering.written, body),
        OURS: lambda: answering.written(_built(told)),
        PARSED: partial(_parsed, sent),
        WRITTEN: lambda: _parsed(sent).model_dump_json(),
    }
    for work in works.values():
        work()
    times = ratios.interleaved(works, REPEATS, clock=time.process_time)
    title = f"A searchset of {count} Coverages, {len(sent):,} bytes"
    ratios.print_ratios(title, times, base=FLOOR)
    print(f"  ours is {times[WRITTEN] / times[OURS]:.1f} times as fast as fhir.resources")


def _parsed(sent: bytes) -> Any:
    from fhir.resources.R4B.bundle import Bundle

    return Bundle.model_validate_json(sent)


def _built(told: "Told") -> dict[str, Any]:
    """What a search for the spans of one member answers, its first page."""
    from portico.domains.permits.actors import system_actor
    from portico.domains.plan.catalogue import Identity
    from portico.edges.fhir import bundles
    from portico.edges.fhir.kinds import Matches
    from portico.edges.fhir.parameters import Asked
    from portico.edges.fhir.resources import coverage

    plan = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999")
    bodies = tuple(coverage.body(told, keyed, plan) for keyed in told.spans)
    found = Matches(bodies, len(bodies), "0123456789AB")
    asked = Asked({"patient": told.key}, count=len(bodies))
    actor = system_actor("benchmark", asked_at=NOW, today=TODAY)
    return bundles.searchset("https://portal.example.org/fhir", actor, coverage.RESOURCE, asked, 0, found)


def _told(count: int) -> "Told":
    """A member with so many spans of coverage, the newest in force."""
    from portico.domains.members import answers
    from portico.shared.periods import Period

    spans = []
    for number in range(count):
        first = date(2026, 1, 1) - timedelta(days=30 * number)
        span = answers.CoverageSpan(
            line="employer-hmo",
            line_name="Employer HMO",
            plan_code=f"7Q{number:02}",
            plan_name=f"HMO Gold {number}",
            product="HMO",
            level="FAM",
            period=Period(first, first + timedelta(days=29) if number else None),
            verdict=answers.Verdict.TERMINATED if number else answers.Verdict.ACTIVE,
        )
        spans.append(answers.KeyedSpan(f"{number:032x}", span, NOW))
    person = answers.Person(
        name="Adaeze Okafor",
        first_name="Adaeze",
        last_name="Okafor",
        member_id="N100101",
        subscriber_number="N1001",
        relationship="18",
        birth_date=date(1984, 5, 6),
        sex="F",
        ssn_masked="",
        address=("12 Lake St", "Northlake, CA 90001"),
        telephone="7605550101",
        group_number="G-77",
    )
    eligibility = answers.EligibilityAnswer(
        lookup=None,
        person=person,
        as_of=TODAY,
        asked_at=NOW,
        verdict=answers.Verdict.ACTIVE,
        coverage=spans[0].span,
        others=tuple(keyed.span for keyed in spans[1:]),
        pcp=None,
        data_as_of=NOW,
        reference="0123456789AB",
        tax_id="174204417",
    )
    others = answers.OtherCoverageAnswer((), NOW)
    return answers.Told(KEY, eligibility, tuple(spans), NOW, others)


if __name__ == "__main__":
    main()
