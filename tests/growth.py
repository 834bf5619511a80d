"""How the work of a function grows: the CPU time of two sizes, as a ratio, in one run."""

import gc
from collections.abc import Callable
from math import inf
from time import process_time

_TRIES = 5
_TOO_FAST = 0.02  # seconds; less says more about the clock than about the work


def measure_growth(
    small: Callable[[], object], large: Callable[[], object], enough: float
) -> float:
    """Return how many times as long as `small` the call `large` takes.

    The least of several pairs counts, because other work on the machine can slow down either call,
    but never all of them in the same way. No further pair is measured once one is below `enough`.
    """
    least = inf
    for _ in range(_TRIES):
        least = min(least, _measure(large) / _measure(small))
        if least < enough:
            break
    return least


def _measure(work: Callable[[], object]) -> float:
    gc.collect()
    # What lives on is passed over from now on, because collecting all of MkDocs and its libraries
    # takes 60 ms, which is more than most calls that are measured.
    gc.freeze()
    start = process_time()
    work()
    return process_time() - start + _TOO_FAST
