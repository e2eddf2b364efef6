"""`portico demo build`: writes the synthetic plan's feeds into a folder, to be loaded like anybody's."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from portico.demo import build
from portico.domains.plan import days


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `demo build`."""
    parser = commands.add_parser("demo", help="invent a plan: its feeds, its offices, its people")
    acts = parser.add_subparsers(required=True, metavar="ACT")
    builder = acts.add_parser("build", help="write the feeds of a synthetic plan")
    builder.add_argument("--members", type=int, default=10_000, help="how many members (31 at least)")
    builder.add_argument("--seed", type=int, default=2027, help="another seed draws another plan")
    builder.add_argument("--out", type=Path, default=Path("feeds"), help="the folder to write into")
    builder.add_argument(
        "--today", type=date.fromisoformat, help="the day it is right for (the plan's today)"
    )
    builder.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the feeds, showing how far it is; the same size, seed and day give the same bytes."""
    console = Console(highlight=False)
    today = arguments.today or days.of(datetime.now(UTC))
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task("Inventing members", total=arguments.members)
        built = build.build(
            arguments.members,
            arguments.seed,
            arguments.out,
            today,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    console.print(
        f"{built.members:,} members in {built.households:,} households. Load them in this order:",
        soft_wrap=True,
    )
    for kind, files in built.loads:
        console.print(f"  portico load {kind} {' '.join(str(file) for file in files)}", soft_wrap=True)
    return 0
