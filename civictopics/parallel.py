"""Map a function over batches in worker processes: in order, in bounded memory, interruptible."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from types import FrameType
from typing import TypeVar

Batch = TypeVar("Batch")
Item = TypeVar("Item")
Result = TypeVar("Result")


def available_processes() -> int:
    """Return how many processes this one may use at a time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def stop_on_signals() -> None:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt, at the latest before the next batch.

    Python drops an exception that a signal raises while it runs certain callbacks, so the
    wish to stop is kept as well.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _ask_to_stop)


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    _stopping.asked = True
    if not _stopping.held:
        raise KeyboardInterrupt


@contextmanager
def _signals_held() -> Iterator[None]:
    """Put a wish to stop off until the end of the block."""
    _stopping.held = True
    try:
        yield
    finally:
        _stopping.held = False
    _stop_if_asked()


def _stop_if_asked() -> None:
    if _stopping.asked:
        raise KeyboardInterrupt


@dataclass(slots=True)
class _Stopping:
    asked: bool = False
    held: bool = False


_stopping = _Stopping()


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield `items` in lists of `size`, the last one shorter."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def map_batches(function: Callable[[Batch], Result], batches: Iterable[Batch], processes: int) -> Iterator[Result]:
    """Yield ``function(batch)`` for each batch, in order.

    With one process nothing is started. At most three batches per process are
    under way, so a slow consumer holds back the reading.
    """
    if processes <= 1:
        for batch in batches:
            _stop_if_asked()
            yield function(batch)
        return
    context = multiprocessing.get_context()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts_to_parent) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for batch in batches:
                with _signals_held():  # processes start here, and Python drops what a signal raises meanwhile
                    waiting.append(pool.submit(function, batch))
                if len(waiting) >= 3 * processes:
                    yield waiting.popleft().result()
            while waiting:
                _stop_if_asked()
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)  # waits: a thread left behind may fail while Python exits


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
