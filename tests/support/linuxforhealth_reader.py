"""Reads 270s and 271s with linuxforhealth-x12 and says what it thinks of them; runs in `.venv-oracles`.

One JSON object a line comes in, `{"text": ...}`, and one goes out, `{"read": 1, "faults": [...]}`: how many
transactions were read, and what is wrong with the one after. It ends when its input does.
"""

import json
import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import chain

from linuxforhealth.x12.io import X12ModelReader
from linuxforhealth.x12.models import X12SegmentGroup
from pydantic import ValidationError

Group = type[X12SegmentGroup]
TRANSACTIONS = ("270_005010X279A1", "271_005010X279A1")


def _below(group: Group) -> Iterator[Group]:
    """Every kind of loop under a kind of loop."""
    for kind in group.__subclasses__():
        yield from chain([kind], _below(kind))


def name_every_fault() -> None:
    """Has checks across fields wait until each field is sound; they would fall over and hide the fault."""
    for name in TRANSACTIONS:
        import_module(f"linuxforhealth.x12.v5010.x12_{name}.transaction_set")
    for kind in _below(X12SegmentGroup):
        kind.__post_root_validators__ = [(True, check) for _, check in kind.__post_root_validators__]


def judge(text: str) -> dict[str, object]:
    """What goes out for one text."""
    read = 0
    try:
        with X12ModelReader(text) as reader:
            for _ in reader.models():
                read += 1
    except ValidationError as error:
        return {"read": read, "faults": [_in_words(one["loc"], one["msg"]) for one in error.errors()]}
    except Exception as error:  # whatever falls over while reading is a refusal
        return {"read": read, "faults": [f"{type(error).__name__}: {error}"]}
    return {"read": read, "faults": []}


def _in_words(place: tuple[int | str, ...], message: str) -> str:
    return f"{'.'.join(str(step) for step in place)}: {message}"


def main() -> None:
    """Answers line by line until there are no more."""
    logging.disable(logging.CRITICAL)
    name_every_fault()
    for line in sys.stdin:
        print(json.dumps(judge(json.loads(line)["text"])), flush=True)


if __name__ == "__main__":
    main()
