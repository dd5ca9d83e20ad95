"""Progress on stderr, silent where stderr is no terminal."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from tqdm import tqdm


@contextmanager
def progress(label: str, total: int | None = None, unit: str = "article") -> Iterator["tqdm[NoReturn]"]:
    """Show a bar that the caller advances with ``bar.update(n)``."""
    with tqdm(desc=label, total=total, unit=f" {unit}s", disable=None, leave=False) as bar:
        yield bar


class StageClock:
    """Wall-clock seconds of named stages, in the order in which they ran."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time spent inside to the stage `name`."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + time.perf_counter() - start, 3)
