"""Times linuxforhealth-x12 reading files into its models; runs in `.venv-oracles`.

One path a line comes in, and one JSON object a line goes out: `{"seconds": ..., "sets": ...}`, or
`{"fault": ...}` where its models refuse the file. Neither its start nor the first reading of a kind of set,
which loads that kind's models, is in a later line's seconds. It ends when its input does.
"""

import gc
import json
import logging
import sys
import time

from linuxforhealth.x12.io import X12ModelReader
from pydantic import ValidationError


def timed(path: str) -> dict[str, object]:
    """What goes out for one file."""
    gc.collect()
    begun = time.process_time()
    try:
        with X12ModelReader(path) as reader:
            sets = sum(1 for _ in reader.models())
    except ValidationError as error:
        first = error.errors()[0]
        return {"fault": f"{'.'.join(map(str, first['loc']))}: {first['msg']}"}
    return {"seconds": time.process_time() - begun, "sets": sets}


def main() -> None:
    """Answers line by line until there are no more."""
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print(json.dumps(timed(line.rstrip("\n"))), flush=True)


if __name__ == "__main__":
    main()
