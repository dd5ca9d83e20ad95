"""Model folders as a whole: what each is, whether it is what was built, and a copy for others."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open

from civictopics.errors import ModelError
from civictopics.tagging.building import verify_model
from civictopics.tagging.model_folder import CARD, MANIFEST, check_files, folder_digest, read_json, read_manifest

_CONFIG = "config.json"


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """What a model folder is.

    Attributes
    ----------
    name : str
        Of the folder.
    task : str
        What it is for; the folder's name where its manifest does not say.
    labels, languages : tuple of str
        Empty where the folder does not say.
    n_bytes : int
        Of all files.
    digest : str
        SHA-256 of the manifest, which lists that of every other file.
    """

    name: str
    task: str
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    n_bytes: int
    digest: str


def summarise(folder: Path) -> ModelSummary:
    """Return what a model folder is, after checking its files.

    Raises
    ------
    ModelError
        If a file was changed, is missing, or may not be there.
    """
    manifest = read_manifest(folder)
    sizes = check_files(folder, manifest)
    config = read_json(folder / _CONFIG) if _CONFIG in sizes else {}
    name = folder.resolve().name
    return ModelSummary(
        name=name,
        task=str(manifest.get("task", name)),
        labels=_names(manifest, config, "labels", "themes"),
        languages=_names(manifest, config, "languages"),
        n_bytes=sum(sizes.values()) + (folder / MANIFEST).stat().st_size,
        digest=folder_digest(folder),
    )


def verify(folder: Path) -> tuple[int, int]:
    """Check every file by its digest, and every probe by its answer; return how many there are of each.

    Models without probes (vectors, themes) are checked by their digests alone.

    Raises
    ------
    ModelError
        If a file was changed, is missing, or may not be there; or a probe gets another answer.
    """
    manifest = read_manifest(folder)
    n_files = len(_checked(folder, manifest))
    return n_files, verify_model(folder) if "task" in manifest else 0


def export(folder: Path, draft: Path) -> None:
    """Copy a checked model folder into the empty folder `draft`, with a card where it has none.

    Only the files of the manifest are copied.

    Raises
    ------
    ModelError
        If a file was changed, is missing, or may not be there.
    """
    manifest = read_manifest(folder)
    names = _checked(folder, manifest)
    for name in names:
        (draft / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, draft / name)
    if CARD in names:
        shutil.copyfile(folder / MANIFEST, draft / MANIFEST)
        return
    summary = summarise(folder)
    # newline="\n" everywhere: a digest must not depend on the system
    (draft / CARD).write_text(_bare_card(summary), encoding="utf-8", newline="\n")
    entry: Any = _digest_entry(draft / CARD, manifest["files"])
    files = {**manifest["files"], CARD: entry}
    text = json.dumps({**manifest, "files": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _checked(folder: Path, manifest: Mapping[str, Any]) -> dict[str, int]:
    """Return the sizes of the files, after checking that weights are weights."""
    sizes = check_files(folder, dict(manifest))
    for name in sizes:
        if name.endswith(".safetensors"):
            try:
                with safe_open(folder / name, "numpy") as weights:
                    weights.keys()
            except (SafetensorError, OSError) as error:
                raise ModelError(f"{folder}: {name} is no file of weights: {error}; do not use this folder") from error
    return sizes


def _digest_entry(path: Path, files: Mapping[str, Any]) -> object:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    sized = any(isinstance(entry, dict) for entry in files.values())
    return {"bytes": len(content), "sha256": digest} if sized else digest


def _names(manifest: Mapping[str, Any], config: object, *keys: str) -> tuple[str, ...]:
    for source in (manifest, config if isinstance(config, dict) else {}):
        for key in keys:
            if isinstance(source.get(key), list):
                return tuple(str(name) for name in source[key])
    return ()


def _bare_card(summary: ModelSummary) -> str:
    lines = [
        "---",
        *([f"language: [{', '.join(summary.languages)}]"] if summary.languages else []),
        "library_name: civictopics",
        "---",
        f"# {summary.name}",
        "",
        f"A model of the package `civictopics` ({summary.task}). `{MANIFEST}` holds the digests of its files.",
        "",
    ]
    return "\n".join(lines)
