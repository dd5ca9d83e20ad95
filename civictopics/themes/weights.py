"""The learned part of the guided themes: tables of word scores and small networks, in files that execute nothing."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from civictopics.encoding.folder import check_manifest, write_manifest
from civictopics.errors import ModelError
from civictopics.themes.context import Layer
from civictopics.themes.names import GUIDED_THEMES, MAIN_THEMES
from civictopics.themes.wording import N_BUCKETS

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
FORMAT = 1
NETWORKS = ("passage", "flags", "main", "passage_vectors", "flags_vectors", "main_vectors")


@dataclass(frozen=True, slots=True)
class ThemeWeights:
    """What is learned from the reference corpus.

    Attributes
    ----------
    tables : mapping of str to array of int8, shape (N_BUCKETS, 15)
        Per language, scores of terms: five passage themes, then ten main themes.
    scales : array of float32, shape (n_languages, 15)
        What one step of each column is worth, languages in the order of `tables`.
    networks : mapping of str to sequence of layers
        By the names in `NETWORKS`; those on vectors may be missing.
    vector_table : array of float32, shape (n_dimensions + 1, 15)
        Scores from vectors, the last row for what is the same everywhere; empty where none were given.
    config : mapping
        Thresholds, the revision of the corpus, and what made the vectors.
    """

    tables: Mapping[str, NDArray[np.int8]]
    scales: NDArray[np.float32]
    networks: Mapping[str, Sequence[Layer]]
    vector_table: NDArray[np.float32]
    config: Mapping[str, object] = field(default_factory=dict)

    def table(self, language: str) -> NDArray[np.float32]:
        """Return the table of a language as numbers, shape (N_BUCKETS, 15)."""
        scale = self.scales[list(self.tables).index(language)]
        table: NDArray[np.float32] = self.tables[language].astype(np.float32) * scale
        return table


def quantise(table: NDArray[np.float64]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a table in steps of 1/127 of each column's largest value, and the steps."""
    scale = np.maximum(np.abs(table).max(axis=0), 1e-12) / 127.0
    return np.rint(table / scale).astype(np.int8), scale.astype(np.float32)


def save_weights(weights: ThemeWeights, folder: Path) -> None:
    """Write a model folder: weights, configuration, manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors: dict[str, NDArray[np.generic]] = {f"table.{code}": table for code, table in weights.tables.items()}
    tensors |= {"scales": weights.scales, "vector_table": weights.vector_table}
    for name, layers in weights.networks.items():
        for place, (matrix, bias) in enumerate(layers):
            tensors[f"{name}.{place}.weight"] = np.ascontiguousarray(matrix.astype(np.float32))
            tensors[f"{name}.{place}.bias"] = bias.astype(np.float32)
    (folder / WEIGHTS).write_bytes(save(dict(sorted(tensors.items()))))
    config = {
        "format": FORMAT,
        "themes": list(GUIDED_THEMES),
        "main_themes": list(MAIN_THEMES),
        "languages": list(weights.tables),
        "networks": {name: len(layers) for name, layers in weights.networks.items()},
        **weights.config,
    }
    text = json.dumps(config, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    (folder / CONFIG).write_text(text, encoding="utf-8", newline="\n")
    write_manifest(folder)


@cache
def load_weights(folder: Path | None = None) -> ThemeWeights:
    """Read a model folder; the shipped one by default.

    Raises
    ------
    ModelError
        If a file is missing or damaged, or the model is of another format.
    """
    home = folder if folder is not None else Path(str(files("civictopics"))) / "pretrained" / "themes"
    check_manifest(home, (CONFIG, WEIGHTS))
    config = json.loads((home / CONFIG).read_text(encoding="utf-8"))
    if config.get("format") != FORMAT or tuple(config["themes"]) != GUIDED_THEMES:
        raise ModelError(f"{home / CONFIG}: a model of another format; build it again with `make models`")
    try:
        tensors = load((home / WEIGHTS).read_bytes())
        tables = {code: tensors[f"table.{code}"] for code in config["languages"]}
        networks = {
            name: [(tensors[f"{name}.{place}.weight"], tensors[f"{name}.{place}.bias"]) for place in range(depth)]
            for name, depth in config["networks"].items()
        }
        weights = ThemeWeights(tables, tensors["scales"], networks, tensors["vector_table"], config)
    except (SafetensorError, KeyError) as error:
        raise ModelError(f"{home / WEIGHTS}: not the weights that {CONFIG} describes: {error}") from error
    if any(table.shape[0] != N_BUCKETS for table in tables.values()):
        raise ModelError(f"{home / WEIGHTS}: tables must have {N_BUCKETS} rows")
    return weights
