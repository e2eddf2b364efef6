"""What the demo says on the terminal while it starts."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console

console = Console(highlight=False)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say what begins, and how long it took."""
    began = monotonic()
    with console.status(f"{title} …"):
        yield
    console.print(f"  {title} [dim]{monotonic() - began:.1f} s[/dim]")


def note(text: str) -> None:
    """Say what one should know."""
    console.print(f"  {text}")


def problem(text: str) -> None:
    """Say what stands in the way."""
    console.print(f"[bold red]{text}[/bold red]")


def doors(base_url: str, people: list[dict[str, object]], seconds: float) -> None:
    """Say where to go and who can sign in."""
    console.print(f"\n[bold green]Ready after {seconds:.0f} s.[/bold green] Everybody in it is invented.\n")
    console.print(f"  The portal   [bold]{base_url}/[/bold]")
    console.print(f"  Its mail     {base_url}/demo/mailbox/")
    console.print(f"  Codes        {base_url}/demo/sign-ins/ (what each authenticator shows now)")
    console.print(
        f"  X12, FHIR    {base_url}/x12/core/2.2.0/ and {base_url}/fhir/ (who asks there: the same page)"
    )
    console.print(f"  Registering  {base_url}/register/ (whose numbers lead where: the same page)\n")
    console.print("  Who can sign in, with which password:\n")
    names = max(len(str(each["username"])) for each in people)
    passwords = max(len(_password(each)) for each in people)
    for each in _each_once(people):
        name, password = f"{each['username']!s:{names}}", f"{_password(each):{passwords}}"
        console.print(f"  [bold]{name}[/bold]  {password}  [dim]{each['says']}[/dim]", soft_wrap=True)
    console.print("\n  Ctrl-C ends the demo; the data stays. `make demo-reset` starts anew.\n")


def _password(each: dict[str, object]) -> str:
    """Whoever was invited has it in their mail."""
    return str(each["password"] or "was mailed")


def _each_once(people: list[dict[str, object]]) -> list[dict[str, object]]:
    """One entry a username, the first, in their order."""
    first: dict[object, dict[str, object]] = {}
    for each in people:
        first.setdefault(each["username"], each)
    return list(first.values())
