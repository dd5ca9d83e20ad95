"""``run.json``: what a run was made from and with, so that it can be made again."""

import hashlib
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from civictopics import __version__
from civictopics.corpus.assembling import AssembledCorpus
from civictopics.corpus.inputs import find_files
from civictopics.encoding.caching import CachedEncoder
from civictopics.progress import StageClock
from civictopics.settings import RunSettings
from civictopics.tagging.model_folder import folder_digest

_LIBRARIES = ("numpy", "scipy", "scikit-learn", "pyarrow", "trafilatura", "py3langid", "matplotlib")
_LISTED = 10_000


def write_provenance(
    path: Path,
    settings: RunSettings,
    inputs: Sequence[str | Path],
    command: Sequence[str],
    corpus: AssembledCorpus,
    encoder: CachedEncoder,
    clock: StageClock,
) -> dict[str, Any]:
    """Write ``run.json`` and return what it says."""
    record = {
        "civictopics": __version__,
        "command": list(command),
        "settings": _plain(asdict(settings)),
        "inputs": input_digests(inputs),
        "models": {"encoder": {"name": encoder.name, "digest": encoder.digest}, **shipped_digests()},
        "counts": {
            "articles": corpus.n_articles,
            "dropped": corpus.n_dropped,
            "removed_lines": dict(sorted(corpus.removed_lines.items())),
            "texts_encoded": encoder.n_encoded,
        },
        "notes": {"count": corpus.n_notes, "first": corpus.notes},
        "environment": environment(),
        "seconds": clock.seconds,
    }
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2, sort_keys=False) + "\n", encoding="utf-8")
    return record


def shipped_digests() -> dict[str, dict[str, str]]:
    """Return what read themes, meeting types and periods: the shipped models, each with its digest."""
    home = Path(str(files("civictopics")))
    found = {
        name: {"name": f"civictopics {folder}", "digest": folder_digest(home / "pretrained" / folder)}
        for name, folder in (("themes", "themes"), ("meeting types", "meeting-type"))
    }
    ranker = (home / "periods" / "ranker.json").read_bytes()
    found["periods"] = {"name": "civictopics ranker", "digest": hashlib.sha256(ranker).hexdigest()}
    return found


def environment() -> dict[str, Any]:
    """Return versions of what computes: interpreter, system, libraries, cores."""
    libraries = {}
    for name in _LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = ""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "libraries": libraries,
        "byte_order": sys.byteorder,
    }


def input_digests(inputs: Sequence[str | Path]) -> dict[str, Any]:
    """Return the SHA-256 of every input file, and one of them all; at most 10,000 files are listed."""
    total = hashlib.sha256()
    listed: dict[str, str] = {}
    found = find_files(inputs)
    for path, source in found:
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            digest = "unreadable"
        total.update(f"{source}\0{digest}\n".encode("utf-8", "replace"))
        if len(listed) < _LISTED:
            listed[source] = digest
    return {
        "given": [str(given) for given in inputs],
        "digest": total.hexdigest(),
        "n_files": len(found),
        "files": listed,
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value
