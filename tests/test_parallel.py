"""Batches in order, whatever the number of processes, and a wish to stop that is not lost."""

import subprocess
import sys
import threading

from civictopics.parallel import batched, map_batches

LOST = """
import os, signal, weakref
from civictopics.parallel import map_batches, stop_on_signals
stop_on_signals()
class Thing: pass
thing = Thing()
reference = weakref.ref(thing, lambda gone: (os.kill(os.getpid(), signal.{name}), sum(range(10 ** 5))))
del thing
done = list(map_batches(len, [[1], [2]], {processes}))
print(done)
"""


def test_batches_keep_their_order() -> None:
    batches = list(batched(range(10), 3))
    assert batches == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9]]
    assert list(map_batches(sum, batches, 1)) == list(map_batches(sum, batches, 2)) == [3, 12, 21, 9]


def test_no_thread_outlives_the_batches() -> None:
    before = threading.active_count()
    results = map_batches(sum, batched(range(100), 3), 2)
    assert next(results) == 3
    results.close()
    assert threading.active_count() == before
    assert len(list(map_batches(sum, batched(range(100), 3), 2))) == 34
    assert threading.active_count() == before


def test_a_wish_to_stop_is_kept_where_python_drops_the_exception() -> None:
    for name in ("SIGINT", "SIGTERM"):
        for processes in (1, 2):
            code = LOST.format(name=name, processes=processes)
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
            assert "Exception ignored" in done.stderr
            assert done.stdout == "", (name, processes)
            assert done.stderr.rstrip().endswith("KeyboardInterrupt")
