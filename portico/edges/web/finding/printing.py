"""The receipt of a network answer as a printed document."""

from collections.abc import Mapping
from typing import Final

from portico.domains.directory.network_answers import Answer, Verdict
from portico.domains.plan import catalogue, days
from portico.edges.web.documents.brand import Brand
from portico.edges.web.documents.eligibility_receipt import EligibilityReceipt, Fact, Facts, Source, Tone
from portico.edges.web.finding import words
from portico.shared import identifiers

TITLE: Final = "Network receipt"
_TONES: Final[Mapping[Verdict, Tone]] = {
    Verdict.IN_NETWORK: Tone.GOOD,
    Verdict.NOT_IN_NETWORK: Tone.BAD,
}


def receipt(answer: Answer, *, verification_url: str) -> EligibilityReceipt:
    """The receipt as an office keeps it: laid out as that of an eligibility answer."""
    plan = catalogue.identity()
    return EligibilityReceipt(
        title=TITLE,
        brand=Brand(plan.name, plan.telephone),
        reference=identifiers.group_reference(answer.reference),
        asked_by_office=answer.office_name or plan.name,
        asked_at=days.local(answer.asked_at),
        zone_name=f"{days.local(answer.asked_at):%Z}",
        as_of_on=answer.as_of,
        verdict=words.headline(answer),
        tone=_TONES[answer.verdict],
        groups=_groups(answer),
        sources=_sources(answer),
        digest=answer.content_hash,
        verification=(
            f"{plan.name} kept this answer under the reference above.",
            f"Call Provider Services, {plan.telephone}, with the reference: the plan confirms what it "
            "answered and when.",
        ),
        verification_url=verification_url,
    )


def _groups(answer: Answer) -> tuple[Facts, ...]:
    asked = (
        Fact("Name", answer.name),
        Fact("NPI", answer.npi),
        Fact("Specialty", answer.specialty),
        Fact("Network", answer.line_name),
    )
    places = tuple(Fact(words.span(at.period), at.place) for at in answer.places)
    found = (Facts("In the network at", places),) if places else ()
    return (Facts("Provider", asked), *found)


def _sources(answer: Answer) -> tuple[Source, ...]:
    return (Source("Provider file", days.local(answer.data_as_of)),) if answer.data_as_of else ()
