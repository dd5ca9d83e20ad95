"""Model folders: weights, settings, a manifest with digests, probes, and a card; loading executes nothing."""

import hashlib
import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import ModelError
from civictopics.tagging.model_folder import MANIFEST, check_files, read_json, read_manifest
from civictopics.tagging.tensors import read_tensors, write_tensors

__all__ = ["FORMAT", "MANIFEST", "StoredModel", "load_model", "save_model", "shipped_models", "weights_of"]

FORMAT = 1
"""Of the folder; a folder of another format is refused."""

_WEIGHTS, _CONFIG, _PROBES, _CARD = "model.safetensors", "config.json", "probes.json", "README.md"
_LIBRARIES = ("numpy", "scipy", "scikit-learn")


@dataclass(frozen=True, slots=True)
class StoredModel:
    """What a model folder holds.

    Attributes
    ----------
    task : str
    labels, languages : tuple of str
    config : dict
        What the code needs to rebuild the model around the weights.
    arrays : dict of str to array
    training : dict
        Revision of the data, numbers of articles and groups, seed.
    probes : list of dict
        Inputs with the outputs that they must give.
    """

    task: str
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    config: dict[str, Any]
    arrays: dict[str, NDArray[Any]]
    training: dict[str, Any]
    probes: list[dict[str, Any]]


def save_model(
    folder: Path, model: StoredModel, card: str, further: Mapping[str, Mapping[str, Any]] | None = None
) -> None:
    """Write a model folder; the same model gives the same bytes on one machine.

    Parameters
    ----------
    folder : Path
    model : StoredModel
    card : str
        The model card, in the form of the Hugging Face Hub.
    further : mapping of str to mapping, optional
        Further JSON files by their names, such as the evaluation.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_tensors(folder / _WEIGHTS, model.arrays)
    (folder / _CONFIG).write_text(_json(model.config), encoding="utf-8")
    (folder / _PROBES).write_text(_json(model.probes), encoding="utf-8")
    (folder / _CARD).write_text(card, encoding="utf-8")
    for name, content in (further or {}).items():
        (folder / name).write_text(_json(content), encoding="utf-8")
    manifest = {
        "format": FORMAT,
        "task": model.task,
        "labels": list(model.labels),
        "languages": list(model.languages),
        "training": model.training,
        "versions": {
            "python": ".".join(platform.python_version_tuple()[:2]),
            **{name: version(name) for name in _LIBRARIES},
        },
        "files": {name: _digest(folder / name) for name in (_CARD, _CONFIG, _WEIGHTS, _PROBES, *(further or {}))},
    }
    (folder / MANIFEST).write_text(_json(manifest), encoding="utf-8")


def load_model(folder: Path, task: str = "") -> StoredModel:
    """Read a model folder and check that nothing in it was changed, and that nothing else lies in it.

    Parameters
    ----------
    folder : Path
    task : str, optional
        What the model must be for; anything by default.

    Raises
    ------
    ModelError
        If a file is missing or not as its digest says, or the folder is of another task or format.
    """
    manifest = read_manifest(folder)
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"{folder}: format {manifest.get('format')!r}, this version reads {FORMAT}; "
            "rebuild the model with `make models`, or train your own again with `civictopics train`"
        )
    if task and manifest.get("task") != task:
        raise ModelError(f"{folder}: a model for {manifest.get('task')!r}, not for {task!r}")
    missing = sorted({"task", "labels", "languages", "training"} - set(manifest))
    unlisted = sorted({_WEIGHTS, _CONFIG, _PROBES} - set(manifest["files"]))
    if missing or unlisted:
        raise ModelError(f"{folder}: {MANIFEST} does not name {', '.join(missing or unlisted)}; copy the folder again")
    check_files(folder, manifest)
    arrays = read_tensors(folder / _WEIGHTS)
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelError(f"{folder}: the weights {name!r} hold values that are not numbers")
    return StoredModel(
        task=str(manifest["task"]),
        labels=tuple(manifest["labels"]),
        languages=tuple(manifest["languages"]),
        config=read_json(folder / _CONFIG),
        arrays=arrays,
        training=manifest["training"],
        probes=read_json(folder / _PROBES),
    )


def weights_of(model: StoredModel, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a model after checking their shapes.

    Raises
    ------
    ModelError
        If an array is missing or of another shape.
    """
    for name, shape in shapes.items():
        found = model.arrays[name].shape if name in model.arrays else None
        if found != shape:
            raise ModelError(
                f"the {model.task} model's weights {name!r} have the shape {found}, this version expects {shape}; "
                "rebuild the model with `make models`"
            )
    return model.arrays


def shipped_models(root: Path | None = None) -> dict[str, Path]:
    """Return the folders of the models inside the package, by name."""
    home = root or Path(__file__).resolve().parent.parent / "pretrained"
    return {path.parent.name: path.parent for path in sorted(home.glob(f"*/{MANIFEST}"))}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
