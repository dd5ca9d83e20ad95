"""Time a task, in turn with a rival where there is one."""

import time
from collections.abc import Callable

from civictopics.study.predictions import Predictions

Task = tuple[int, Callable[[], object]]
"""How many items a task treats, and what treats them."""


def timed(
    own: Task, rival: Task | None = None, *, repeats: int, measured: dict[str, float] | None = None
) -> Predictions:
    """Return the seconds, of the clock and of the CPU, of each repeat of a task and of its rival, which take turns.

    Each is run once before.
    """
    tasks = {"": own} | ({"rival_": rival} if rival else {})
    columns: dict[str, list[object]] = {name: [] for name in ("id", "group", "lang")}
    for repeat in range(-1, repeats):
        if repeat >= 0:
            columns["id"].append(f"repeat{repeat:02}")
            columns["group"].append(f"repeat{repeat:02}")
            columns["lang"].append("")
        for prefix, (items, step) in tasks.items():
            start, of_cpu = time.perf_counter(), time.process_time()
            step()
            seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - of_cpu
            if repeat >= 0:
                columns.setdefault(f"{prefix}items", []).append(float(items))
                columns.setdefault(f"{prefix}seconds", []).append(seconds)
                columns.setdefault(f"{prefix}cpu_seconds", []).append(cpu_seconds)
    return Predictions(dict(columns), measured or {})
