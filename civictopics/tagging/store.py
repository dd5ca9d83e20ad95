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
from civictopics.tagging.tensors import read_tensors, write_tensors

FORMAT = 1
"""Of the folder; a folder of another format is refused."""

MANIFEST = "manifest.json"
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


def save_model(folder: Path, model: StoredModel, card: str) -> None:
    """Write a model folder; the same model gives the same bytes on one machine.

    Parameters
    ----------
    folder : Path
    model : StoredModel
    card : str
        The model card, in the form of the Hugging Face Hub.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_tensors(folder / _WEIGHTS, model.arrays)
    (folder / _CONFIG).write_text(_json(model.config), encoding="utf-8")
    (folder / _PROBES).write_text(_json(model.probes), encoding="utf-8")
    (folder / _CARD).write_text(card, encoding="utf-8")
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
        "files": {name: _digest(folder / name) for name in (_CARD, _CONFIG, _WEIGHTS, _PROBES)},
    }
    (folder / MANIFEST).write_text(_json(manifest), encoding="utf-8")


def load_model(folder: Path, task: str) -> StoredModel:
    """Read a model folder and check that nothing in it was changed.

    Raises
    ------
    ModelError
        If a file is missing or not as its digest says, or the folder is of another task or format.
    """
    manifest = _read(folder / MANIFEST)
    if manifest.get("format") != FORMAT:
        raise ModelError(
            f"{folder}: format {manifest.get('format')!r}, this version reads {FORMAT}; "
            "rebuild the model with `make models`"
        )
    if manifest.get("task") != task:
        raise ModelError(f"{folder}: a model for {manifest.get('task')!r}, not for {task!r}")
    for name, digest in sorted(manifest["files"].items()):
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{folder}: {name} is missing; copy the whole folder again")
        if _digest(path) != digest:
            raise ModelError(f"{folder}: {name} is not the file that was saved; copy the folder again or rebuild it")
    arrays = read_tensors(folder / _WEIGHTS)
    for name, array in arrays.items():
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise ModelError(f"{folder}: the weights {name!r} hold values that are not numbers")
    return StoredModel(
        task=task,
        labels=tuple(manifest["labels"]),
        languages=tuple(manifest["languages"]),
        config=_read(folder / _CONFIG),
        arrays=arrays,
        training=manifest["training"],
        probes=_read(folder / _PROBES),
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


def _read(path: Path) -> Any:  # noqa: ANN401 - whatever the JSON holds
    if not path.is_file():
        raise ModelError(f"no model in {path.parent}: {path.name} is missing")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path}: not JSON: {error}") from error


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
