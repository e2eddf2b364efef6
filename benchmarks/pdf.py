"""How long a warm process takes for a Schedule of Benefits of forty services, beside an empty page.

Every document differs from the one before it (name, code, amounts), as plans do, so nothing is answered from
memory whole. The floor is one empty tagged page through the same compiler, in turns with the document.
"""

import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from portico.edges.web.documents import eligibility_receipt, id_card, schedule_of_benefits
from portico.edges.web.documents.tests import examples
from portico.shared.pdf import rendering

ROUNDS = 60
AIM_MS = 40
_EMPTY = "#let input = json(bytes(sys.inputs.document))\n#set document(title: input.title)\n"


def main() -> None:
    """Prints each document's median, its ratio to the empty page, and whether the aim was met."""
    with tempfile.TemporaryDirectory() as folder:
        empty = rendering.Template(Path(folder) / "empty.typ")
        empty.path.write_text(_EMPTY)
        kinds: dict[str, Callable[[int], bytes]] = {
            "empty page (floor)": lambda turn: _empty_page(empty, turn),
            "Schedule of Benefits": lambda turn: schedule_of_benefits.render(_schedule(turn)),
            "ID card, PDF": lambda turn: id_card.render(_card(turn)),
            "ID card, PNG at 300 dpi": lambda turn: id_card.picture(_card(turn)),
            "eligibility receipt": lambda turn: eligibility_receipt.render(_receipt(turn)),
        }
        medians = _medians(kinds)
    _report(medians)


def _medians(kinds: dict[str, Callable[[int], bytes]]) -> dict[str, float]:
    """Milliseconds, every kind in turn in each round, the first five rounds left out."""
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for turn in range(ROUNDS + 5):
        for name, make in kinds.items():
            begun = perf_counter()
            make(turn)
            taken[name].append((perf_counter() - begun) * 1000)
    return {name: statistics.median(times[5:]) for name, times in taken.items()}


def _report(medians: dict[str, float]) -> None:
    floor = medians["empty page (floor)"]
    print(f"median of {ROUNDS}, warm, every document different; aim for a Schedule: {AIM_MS} ms")
    for name, median in medians.items():
        print(f"  {name:26} {median:8.2f} ms {median / floor:8.1f} x the floor")


def _empty_page(template: rendering.Template, turn: int) -> bytes:
    return rendering.render_pdf(template, {}, title=f"Empty {turn}", made_at=datetime(2027, 1, 1, tzinfo=UTC))


def _schedule(turn: int) -> schedule_of_benefits.ScheduleOfBenefits:
    base = examples.schedule()
    services = tuple(
        replace(service, in_network=examples.copay(10 + (turn * 7 + row) % 90)) if row % 2 else service
        for row, service in enumerate(base.services)
    )
    amounts = replace(base.in_network, individual_deductible=Decimal(1000 + turn))
    name = f"PPO Gold {1000 + turn}"
    return replace(base, benefit_plan=name, code=f"7{turn:02}"[:3], in_network=amounts, services=services)


def _card(turn: int) -> id_card.IdCard:
    return replace(examples.card(), member_name=f"Adaeze Okafor {turn}", member_id=f"NLH 8842 {turn:04} 01")


def _receipt(turn: int) -> eligibility_receipt.EligibilityReceipt:
    return replace(examples.receipt(), reference=f"4K7M-9QTD-{turn:04}", digest=f"{turn:064x}")


if __name__ == "__main__":
    main()
