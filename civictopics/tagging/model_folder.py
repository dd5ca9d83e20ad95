"""What may lie in a model folder: the files that its manifest lists, unchanged, of kinds that execute nothing."""

import hashlib
import json
from pathlib import Path, PurePosixPath
from typing import Any

from civictopics.errors import ModelError

MANIFEST = "manifest.json"
CARD = "README.md"
KINDS = (".json", ".md", ".safetensors", ".txt")
"""Text, JSON and raw numbers: reading them executes nothing."""

_WAY_OUT = "copy the folder again, or build the model again"
_PICKLE = b"\x80"
"""The first byte of a pickle of protocol 2 and later."""


def read_json(path: Path) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Return what a JSON file of a model folder holds.

    Raises
    ------
    ModelError
        If there is no such file, or it is no JSON.
    """
    if not path.is_file():
        raise ModelError(f"no model in {path.parent}: {path.name} is missing")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: not JSON: {error}") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a model folder.

    Raises
    ------
    ModelError
        If there is none, or it does not list the folder's files.
    """
    manifest = read_json(folder / MANIFEST)
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ModelError(f"{folder / MANIFEST}: not a manifest: it lists no files")
    return manifest


def listed_digests(manifest: dict[str, Any]) -> dict[str, str]:
    """Return the SHA-256 of every file that a manifest lists; an entry is the digest, or holds it with the size."""
    found = {}
    for name, entry in sorted(manifest["files"].items()):
        digest = entry.get("sha256") if isinstance(entry, dict) else entry
        if not isinstance(digest, str):
            raise ModelError(f"{MANIFEST}: no digest for {name!r}; {_WAY_OUT}")
        found[name] = digest
    return found


def check_files(folder: Path, manifest: dict[str, Any]) -> dict[str, int]:
    """Check the files of a model folder and return the size of each.

    Names must be plain paths inside the folder, of `KINDS`, no links; contents must be
    as their digests say; nothing else may lie there (names that begin with a dot are
    never read, and not looked at).

    Raises
    ------
    ModelError
        If one of this is not so.
    """
    sizes = {}
    listed = listed_digests(manifest)
    for name, digest in listed.items():
        path = _inside(folder, name)
        if not path.is_file():
            raise ModelError(f"{folder}: {name} is missing; copy the whole folder again")
        content = path.read_bytes()
        if content[:1] == _PICKLE and not name.endswith(".safetensors"):
            raise ModelError(f"{folder}: {name} begins like a pickle; do not use this folder")
        if hashlib.sha256(content).hexdigest() != digest:
            raise ModelError(f"{folder}: {name} is not the file that was saved; {_WAY_OUT}")
        sizes[name] = len(content)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or name == MANIFEST or name in listed or name.startswith("."):
            continue
        raise ModelError(f"{folder}: {name} is not in {MANIFEST}; a model folder holds nothing else: {_WAY_OUT}")
    return sizes


def folder_digest(folder: Path) -> str:
    """Return the SHA-256 of the manifest, which lists that of every other file."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def _inside(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name).parts
    plain = bool(parts) and not name.startswith("/") and "\\" not in name and ":" not in name and ".." not in parts
    if not plain:
        raise ModelError(f"{folder}: {MANIFEST} names {name!r}, which is no path inside the folder; do not use it")
    if PurePosixPath(name).suffix not in KINDS:
        raise ModelError(
            f"{folder}: {MANIFEST} names {name!r}; a model holds only files of the kinds {', '.join(KINDS)}; "
            "do not use it"
        )
    path = folder.joinpath(*parts)
    if any(folder.joinpath(*parts[: number + 1]).is_symlink() for number in range(len(parts))):
        raise ModelError(f"{folder}: {name} is a link; a model folder holds only files of its own")
    return path
