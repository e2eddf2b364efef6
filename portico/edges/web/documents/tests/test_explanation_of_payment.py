"""An explanation of payment says what was paid and why, in order, to eyes and to screen readers."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from portico.edges.web.documents import explanation_of_payment
from portico.edges.web.documents.explanation_of_payment import (
    Change,
    Code,
    ExplainedClaim,
    ExplanationOfPayment,
    Fact,
    ServiceRow,
)
from portico.edges.web.documents.tests import examples
from portico.shared.pdf.tests import reading

LETTER = (612.0, 792.0)
ROW = ServiceRow(
    "99214-25", "01/12/2026", "$200.00", "$150.00", ("CO-45 $50.00", "PR-2 $30.00"), "$30.00", "$120.00"
)
CLAIM = ExplainedClaim(
    name="Claim 26015A0003",
    decision="Decided, this plan first",
    facts=(Fact("Patient", "Zephyrine Quillfeather"), Fact("Member ID", "NLQX7731")),
    rows=(ROW, replace(ROW, service="80053")),
    reasons=("OA-23 $5.00",),
    totals=ServiceRow("", "", "$400.00", "$300.00", (), "$60.00", "$235.00"),
)
PAPER = ExplanationOfPayment(
    brand=examples.NORTHLAKE,
    number="EFT0000117",
    amount="$230.00",
    facts=(Fact("Paid on", "February 3, 2026"), Fact("How", "Electronic transfer")),
    notes=(),
    claims=(CLAIM,),
    changes=(Change("An earlier overpayment taken back", "26015A0009", "$5.00"),),
    sum_of_changes="$5.00",
    codes=(Code("45", "Above the fee agreed.", "Write it off."),),
    made_at=datetime(2026, 2, 3, 20, 0, tzinfo=UTC),
)


def everywhere(text: str) -> ExplanationOfPayment:
    """Answers a paper with this text in each of nine places."""
    row = replace(ROW, service=text, reasons=(text,))
    facts = (Fact(text, text),)
    claim = replace(CLAIM, name=text, decision=text, facts=facts, rows=(row,))
    codes, changes = (Code(text, text, text),), (Change(text, text, "$5.00"),)
    return replace(PAPER, facts=facts, notes=(text,), claims=(claim,), changes=changes, codes=codes)


def test_the_document_holds_pdf_ua_and_its_title_names_nobody() -> None:
    pdf = explanation_of_payment.render(PAPER)
    told = reading.promises(pdf)
    assert (told.marked, told.shows_title, told.part, told.language) == (True, True, "1", "en")
    assert told.title == "Explanation of payment EFT0000117"
    assert reading.failures(pdf) == []
    assert reading.sizes(pdf) == [LETTER]


def test_the_same_payment_gives_the_same_bytes() -> None:
    assert explanation_of_payment.render(PAPER) == explanation_of_payment.render(PAPER)


def test_every_table_has_its_heads() -> None:
    count = reading.promises(explanation_of_payment.render(PAPER)).count()
    assert count["Table"] == 3
    assert count["TH"] == 7 + 3 + 3
    assert (count["H1"], count["H2"], count["H3"]) == (1, 3, 1)


def test_the_text_reads_in_order() -> None:
    text = reading.text(explanation_of_payment.render(PAPER))
    stations = [
        "Explanation of payment Payment number EFT0000117 Amount $230.00 Paid on February 3, 2026",
        "Claim 26015A0003 Decision Decided, this plan first Patient Zephyrine Quillfeather",
        "99214-25 01/12/2026 CO-45 $50.00 PR-2 $30.00 $200.00 $150.00 $30.00 $120.00",
        "The claim OA-23 $5.00 $400.00 $300.00 $60.00 $235.00",
        "An earlier overpayment taken back 26015A0009 $5.00",
        "Together $5.00",
        "45 Above the fee agreed. Write it off.",
    ]
    assert [station for station in stations if station not in text] == []
    assert all(text.index(before) < text.index(after) for before, after in pairwise(stations))


def test_two_hundred_claims_run_over_pages_with_heads_repeated() -> None:
    pdf = explanation_of_payment.render(replace(PAPER, claims=(CLAIM,) * 200))
    assert len(reading.sizes(pdf)) > 20
    assert reading.failures(pdf) == []


def test_a_payment_without_claims_still_prints() -> None:
    pdf = explanation_of_payment.render(replace(PAPER, claims=(), codes=()))
    assert "Claims" not in reading.text(pdf).split("Beside the claims")[0]
    assert reading.failures(pdf) == []


@pytest.mark.parametrize(
    "hostile", ["#panic()", "*bold* $x$", "\\u{41} \\", "<label>", "W" * 300, "Wolfe-schlegelstein" * 9]
)
def test_hostile_texts_print_as_they_stand(hostile: str) -> None:
    pdf = explanation_of_payment.render(everywhere(hostile))
    printed = "".join(reading.text(pdf).split())
    assert printed.count("".join(hostile.split())) >= 9
    assert reading.failures(pdf) == []
