"""What the demo says on the terminal while it starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.table import Table

console = Console(highlight=False)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    began = monotonic()
    with console.status(f"{title} …"):
        yield
    console.print(f"  {title} [dim]{monotonic() - began:.1f} s[/dim]")


def problem(text: str) -> None:
    """Say what stands in the way."""
    console.print(f"[bold red]{text}[/bold red]")


def doors(base_url: str, people: list[dict[str, object]], seconds: float) -> None:
    """Say where to go and who can sign in."""
    console.print(f"\n[bold green]Ready after {seconds:.0f} s.[/bold green] Everybody in it is invented.\n")
    console.print(f"  The portal   [bold]{base_url}/[/bold]")
    console.print(f"  Its mail     {base_url}/demo/mailbox/")
    console.print(f"  Who can sign in, and the code each one's authenticator shows now: {base_url}/demo/sign-ins/\n")
    table = Table(box=None, padding=(0, 2), header_style="dim")
    for heading in ("username", "password", "who this is"):
        table.add_column(heading)
    for each in people:
        table.add_row(str(each["username"]), str(each["password"]), str(each["says"]))
    console.print(table)
    console.print("\n  Ctrl-C ends the demo; the data stays. `make demo-reset` starts anew.\n")
