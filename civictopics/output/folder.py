"""A result folder that appears complete or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civictopics.errors import OutputError, UsageError

MARK = "run.json"


@contextmanager
def finished_folder(out: Path, overwrite: bool = False, mark: str = MARK) -> Iterator[Path]:
    """Give a fresh folder to fill; when the block ends without an error it becomes `out`, else it goes.

    Parameters
    ----------
    out : Path
    overwrite : bool
        Replace an earlier one, which is known by its file `mark`.
    mark : str

    Raises
    ------
    UsageError
        If `out` exists and `overwrite` is false, or if it holds something else
        than an earlier run.
    OutputError
        If `out` cannot be written.
    """
    _check(out, overwrite, mark)
    draft = out.parent / f".{out.name}.part-{os.getpid()}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
    except OSError as error:
        raise OutputError(f"cannot write {out}: {error.strerror}; choose another --out") from error
    try:
        yield draft
        shutil.rmtree(draft / "work", ignore_errors=True)
        _replace(draft, out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check(out: Path, overwrite: bool, mark: str) -> None:
    if not (out.exists() or out.is_symlink()):
        return
    if not out.is_dir() or out.is_symlink():
        raise UsageError(f"{out} is a file or a link, not a folder; choose another --out")
    if not any(out.iterdir()):
        return
    if not overwrite:
        raise UsageError(f"{out} exists; choose another --out, or --overwrite to replace it")
    if not (out / mark).is_file():
        kind = "run" if mark == MARK else "model"
        raise UsageError(
            f"{out} holds no {mark}, so it is not an earlier {kind} and is not replaced; choose another --out"
        )


def _replace(draft: Path, out: Path) -> None:
    old = out.parent / f".{out.name}.old-{os.getpid()}"
    if out.exists():
        out.rename(old)
    try:
        draft.rename(out)
    except OSError as error:
        if old.exists():
            old.rename(out)
        raise OutputError(f"cannot write {out}: {error.strerror}; choose another --out") from error
    shutil.rmtree(old, ignore_errors=True)
