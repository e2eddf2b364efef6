"""How commands speak: results on standard output, complaints on standard error."""

import sys


class Refused(Exception):
    """The command cannot do what was asked; the text tells the operator why and what to do."""


def say(text: str) -> None:
    """Prints a result."""
    sys.stdout.write(f"{text}\n")


def advise(text: str) -> None:
    """Prints what the operator should know and no program reads."""
    sys.stderr.write(f"{text}\n")


def complain(text: str) -> int:
    """Prints what went wrong and answers the exit code for it."""
    sys.stderr.write(f"portico: {text}\n")
    return 1
