"""The `curl` commands of the guides, sent to Django's test client: forms, encoded bodies and headers.

It knows the options the guides use and no others; what a shell would put in stands in `variables` and
`commands`, what `<file` reads in `files`.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import Client

_COMMAND = re.compile(r"\$\(([^()]*)\)")
_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Shell:
    """What a shell knows: its variables, what commands print, and the files in its folder."""

    variables: Mapping[str, str] = field(default_factory=dict)
    commands: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def curl(self, command: str) -> Any:
        """The answer to one command; a KeyError names what the shell does not know."""
        said = _Said(self._words(command))
        target = urlsplit(said.url)
        address = target.path + (f"?{target.query}" if target.query else "")
        if said.parts:
            form = {name: self._value(value) for name, value in said.parts}
            return Client().post(address, form, headers=said.headers)
        if said.fields:
            return Client().post(address, urlencode(said.fields), content_type=_FORM, headers=said.headers)
        return Client().get(address, headers=said.headers)

    def _words(self, command: str) -> list[str]:
        flat = command.replace("\\\n", " ")
        run = _COMMAND.sub(lambda found: self.commands[found[1]], flat)
        filled = _VARIABLE.sub(lambda found: self.variables[found[1] or found[2]], run)
        return shlex.split(filled)

    def _value(self, said: str) -> str:
        return self.files[said[1:]] if said.startswith("<") else said


class _Said:
    """One command taken apart."""

    def __init__(self, words: list[str]) -> None:
        self.url, self.headers = "", dict[str, str]()
        self.parts: list[tuple[str, str]] = []
        self.fields: list[tuple[str, str]] = []
        program, *rest = words
        assert program == "curl", words
        following = iter(rest)
        for word in following:
            self._take(word, following)

    def _take(self, word: str, following: Iterator[str]) -> None:
        if word == "-F":
            self.parts.append(_pair(next(following), "="))
        elif word == "-d":
            self.fields.append(_pair(next(following), "="))
        elif word == "-H":
            name, value = _pair(next(following), ":")
            self.headers[name] = value.strip()
        elif word != "-sS":
            assert not word.startswith("-"), f"curl {word} is not known here"
            self.url = word


def _pair(text: str, between: str) -> tuple[str, str]:
    name, found, value = text.partition(between)
    assert found, text
    return name, value
