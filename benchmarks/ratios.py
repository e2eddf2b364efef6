"""Times measured side by side in one run, and their ratios: a ratio travels between machines."""

import gc
import time
from collections.abc import Callable, Mapping

Work = Callable[[], object]
Clock = Callable[[], float]


def interleaved(
    works: Mapping[str, Work], repeats: int = 5, *, clock: Clock = time.perf_counter
) -> dict[str, float]:
    """Answers the least time of each work, run in turns (A B A B): a slow moment of the machine hits all.

    With `time.process_time` for a clock, what else the machine does is left out, and so is waiting.
    """
    times = {name: float("inf") for name in works}
    for _ in range(repeats):
        for name, work in works.items():
            times[name] = min(times[name], _once(work, clock))
    return times


def print_ratios(
    title: str, times: Mapping[str, float], *, base: str, aims: Mapping[str, float] | None = None
) -> None:
    """Prints each time and how many times the base's it is, and whether the aim, if it has one, is met.

    An aim is the highest ratio wished for.
    """
    print(f"\n{title}")
    for name, seconds in times.items():
        ratio = seconds / times[base]
        line = f"  {name:<44} {seconds * 1000:10.1f} ms   {ratio:8.2f} x"
        aim = (aims or {}).get(name)
        if aim is not None:
            line += f"   aim {aim:g} x: {'met' if ratio <= aim else 'not met'}"
        print(line)


def _once(work: Work, clock: Clock) -> float:
    gc.collect()
    started = clock()
    work()
    return clock() - started
