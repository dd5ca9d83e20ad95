"""Walk the files and folders that a run is given, in a stable order."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from civictopics.corpus.limits import Limits
from civictopics.corpus.readers import READERS
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.errors import UsageError
from civictopics.languages import nfc


def find_files(inputs: Iterable[str | Path]) -> list[tuple[Path, str]]:
    """Return every file under `inputs` with the name that outputs call it by.

    Folders are walked in the order of their names, without following links to
    folders. A file is called by its path below the input that holds it.

    Raises
    ------
    UsageError
        If an input does not exist.
    """
    found: list[tuple[Path, str]] = []
    for given in inputs:
        path = Path(given)
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                for name in sorted(names):
                    file = Path(folder) / name
                    found.append((file, nfc(file.relative_to(path).as_posix())))
        elif path.exists():
            found.append((path, nfc(path.name)))
        else:
            raise UsageError(f"no such file or folder: {path}")
    return found


def read_records(files: Iterable[tuple[Path, str]], limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the records of `files`; each file that cannot be read gives one `Dropped`."""
    for path, source in files:
        reader = READERS.get(path.suffix.casefold())
        if reader is None:
            kinds = ", ".join(READERS)
            yield Dropped(source, "", f"not a kind of file that is read (those are {kinds})")
        elif not path.is_file():
            yield Dropped(source, "", "not a regular file")
        else:
            try:
                yield from reader(path, source, limits)
            except OSError as error:
                yield Dropped(source, "", f"unreadable: {error.strerror or type(error).__name__}")
