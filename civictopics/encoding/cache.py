"""Vectors kept between runs, by the digests of the model and of the text."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from civictopics.encoding.base import Vectors
from civictopics.errors import OutputError

# The vectors lie in the order in which they came, and a narrow index finds them: keys are random, and a table in
# their order would touch a page for each of them.
_SCHEMA = """
create table if not exists models (number integer primary key, digest text not null unique);
create table if not exists entries (
    number integer primary key, model integer not null, key blob not null, used integer not null, vector blob not null
);
create unique index if not exists by_key on entries (model, key);
create index if not exists by_use on entries (used);
"""
FILE = "vectors.sqlite"
_ASK = 500
_PAGES_BEFORE_CHECKPOINT = 16_000
DEFAULT_MEGABYTES = 2048


def default_cache_folder() -> Path:
    """Return where vectors are kept unless told otherwise: the user's cache folder of the system."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "civictopics"


class VectorCache:
    """A table of vectors on disk; several processes may use it at a time.

    Parameters
    ----------
    folder : Path
        Where the file ``vectors.sqlite`` lies; made when needed.
    megabytes : int
        Bound on the file: beyond it the vectors used longest ago go.
    """

    def __init__(self, folder: Path, megabytes: int = DEFAULT_MEGABYTES) -> None:
        self.path = folder / FILE
        self.megabytes = megabytes
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, timeout=60, isolation_level=None)
            self._connection.execute("pragma journal_mode=wal")
            self._connection.execute("pragma synchronous=normal")
            self._connection.execute(f"pragma wal_autocheckpoint={_PAGES_BEFORE_CHECKPOINT}")
            self._connection.executescript(_SCHEMA)
            row = self._connection.execute("select coalesce(max(used), 0) + 1 from entries").fetchone()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"cannot use the cache {self.path}: {error}; choose another with --cache, or --no-cache"
            ) from error
        self._near_limit = self._file_bytes() > megabytes << 19
        self._numbers: dict[str, int] = {}
        # A count of uses, not a clock: the order of eviction does not depend on the time of day.
        self._turn = int(row[0])

    def __enter__(self) -> "VectorCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def encode(self, model: str, texts: Sequence[str], compute: Callable[[list[str]], Vectors]) -> tuple[Vectors, int]:
        """Return the vectors of `texts`, and how many of them had to be computed.

        Parameters
        ----------
        model : str
            Digest of the model.
        texts : sequence of str
        compute : callable
            Encodes the texts that are not in the table; called once, or not at all.
        """
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16] for text in texts]
        known = self._load(model, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            fresh = compute(list(missing.values()))
            rows = dict(zip(missing, fresh, strict=True))
            self._store(model, rows)
            known.update(rows)
        return np.stack([known[key] for key in keys]) if keys else compute([]), len(missing)

    def clear(self) -> None:
        """Remove every vector."""
        self._connection.execute("delete from entries")
        self._connection.execute("delete from models")
        self._numbers.clear()
        self._connection.execute("vacuum")

    def size(self) -> tuple[int, int]:
        """Return how many vectors are kept, and the bytes of the file."""
        (count,) = self._connection.execute("select count(*) from entries").fetchone()
        return int(count), self.path.stat().st_size

    def close(self) -> None:
        """Keep the file within its bound and close it."""
        self._shrink()
        self._connection.close()

    def _number(self, model: str) -> int:
        if model not in self._numbers:
            self._connection.execute("insert or ignore into models (digest) values (?)", [model])
            row = self._connection.execute("select number from models where digest = ?", [model]).fetchone()
            self._numbers[model] = int(row[0])
        return self._numbers[model]

    def _load(self, model: str, keys: list[bytes]) -> dict[bytes, Vectors]:
        number = self._number(model)
        found: dict[bytes, Vectors] = {}
        for start in range(0, len(keys), _ASK):
            part = list(dict.fromkeys(keys[start : start + _ASK]))
            marks = ",".join("?" * len(part))
            query = f"select key, vector from entries where model = ? and key in ({marks})"
            for key, blob in self._connection.execute(query, [number, *part]):
                found[key] = np.frombuffer(blob, dtype="<f4")
            if self._near_limit:  # only then does it matter what was used last
                touch = f"update entries set used = ? where model = ? and key in ({marks})"
                self._connection.execute(touch, [self._turn, number, *part])
        return found

    def _store(self, model: str, rows: dict[bytes, Vectors]) -> None:
        number = self._number(model)
        values = [(number, key, self._turn, np.asarray(row, dtype="<f4").tobytes()) for key, row in rows.items()]
        with self._connection:
            self._connection.execute("begin immediate")
            self._connection.executemany(
                "insert or ignore into entries (model, key, used, vector) values (?, ?, ?, ?)", values
            )

    def _shrink(self) -> None:
        limit = self.megabytes << 20
        while self._file_bytes() > limit and self._bytes_used() > limit:
            (oldest,) = self._connection.execute("select min(used) from entries").fetchone()
            self._connection.execute(
                "delete from entries where number in (select number from entries where used = ? limit 20000)", [oldest]
            )

    def _file_bytes(self) -> int:
        """Return how large the file is with what waits to be written into it."""
        (pages,) = self._connection.execute("pragma page_count").fetchone()
        (size,) = self._connection.execute("pragma page_size").fetchone()
        return int(pages) * int(size)

    def _bytes_used(self) -> int:
        query = "select coalesce(sum(length(vector) + 100), 0) from entries"
        return int(self._connection.execute(query).fetchone()[0])


def cache_size(folder: Path) -> tuple[int, int]:
    """Return how many vectors `folder` holds, and the bytes of the file; zeros where there is none."""
    if not (folder / FILE).exists():
        return 0, 0
    with VectorCache(folder) as cache:
        return cache.size()


def clear_cache(folder: Path) -> int:
    """Remove the cache file of `folder`; return how many vectors it held."""
    if not (folder / FILE).exists():
        return 0
    with VectorCache(folder) as cache:
        count, _ = cache.size()
        cache.clear()
    return count
