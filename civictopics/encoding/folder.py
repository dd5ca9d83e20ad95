"""Model folders in the format of sentence-transformers, with a manifest that tells a damaged file."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from civictopics.encoding.base import digest_of
from civictopics.errors import ModelError

MANIFEST = "manifest.json"
MODULES = "modules.json"
TOKENIZER = "tokenizer.json"
WEIGHTS = "model.safetensors"


@dataclass(frozen=True, slots=True)
class StaticFolder:
    """What a folder with a StaticEmbedding holds; `token_vectors` has the shape (n_tokens, n_dimensions)."""

    tokenizer: Tokenizer
    token_vectors: NDArray[np.float32]
    digest: str


def is_static_folder(folder: Path) -> bool:
    """Return whether `folder` holds a StaticEmbedding, with nothing behind it but scaling to length one."""
    return _static_part(folder) is not None


def read_static_folder(folder: Path) -> StaticFolder:
    """Read tokenizer and token vectors; numpy alone.

    Raises
    ------
    ModelError
        If the folder holds another kind of model, lacks a file, or holds one whose
        digest is not that of its manifest.
    """
    part = _static_part(folder)
    if part is None:
        raise ModelError(f"{folder}: {MODULES} is missing, or does not name a StaticEmbedding alone")
    digests = check_manifest(folder, (MODULES, f"{part}{TOKENIZER}", f"{part}{WEIGHTS}"))
    try:
        tokenizer = Tokenizer.from_file(str(folder / part / TOKENIZER))
    except Exception as error:  # the library raises nothing more exact
        raise ModelError(f"{folder / part / TOKENIZER}: not a tokenizer: {error}") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    try:
        tensors = load_file(folder / part / WEIGHTS)
    except (SafetensorError, OSError) as error:
        raise ModelError(f"{folder / part / WEIGHTS}: not a file of weights: {error}") from error
    vectors = _token_vectors(tensors, folder / part / WEIGHTS)
    if len(vectors) < tokenizer.get_vocab_size():
        raise ModelError(f"{folder}: {len(vectors)} token vectors for {tokenizer.get_vocab_size()} tokens")
    return StaticFolder(tokenizer, vectors, digest_of(*digests))


def check_manifest(folder: Path, names: tuple[str, ...]) -> list[str]:
    """Return the SHA-256 of the files `names`; each must be the one of the manifest, where there is a manifest.

    Raises
    ------
    ModelError
        If a file is missing, or is not the one that the manifest lists.
    """
    listed = _listed(folder)
    digests = []
    for name in names:
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise ModelError(f"{folder / name}: cannot be read: {error.strerror or error}") from error
        digest = hashlib.sha256(content).hexdigest()
        if listed is not None and listed.get(name) != digest:
            raise ModelError(
                f"{folder / name} is damaged: its SHA-256 is {digest}, {MANIFEST} says {listed.get(name, 'nothing')}; "
                "install the package anew, or build the model again with `make models`"
            )
        digests.append(digest)
    return digests


def write_manifest(folder: Path) -> None:
    """Write the SHA-256 and size of every other file of `folder`."""
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    text = json.dumps({"files": files}, indent=2, sort_keys=True) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _listed(folder: Path) -> dict[str, str] | None:
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        return {name: entry["sha256"] for name, entry in json.loads(path.read_text(encoding="utf-8"))["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path}: not a manifest: {error}") from error


def _static_part(folder: Path) -> str | None:
    """Return where in `folder` the StaticEmbedding lies (``""`` or ``"0_StaticEmbedding/"``), if it is one."""
    try:
        modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
        part = str(modules[0]["path"]).strip("/")
    except (OSError, ValueError, KeyError, IndexError, TypeError):
        return None
    if kinds[0] != "StaticEmbedding" or set(kinds[1:]) - {"Normalize"}:
        return None
    return f"{part}/" if part else ""


def _token_vectors(tensors: dict[str, NDArray[np.generic]], path: Path) -> NDArray[np.float32]:
    if "embedding.weight" in tensors:
        vectors = tensors["embedding.weight"]
    elif "embeddings" in tensors:  # the names of model2vec
        vectors = tensors["embeddings"]
        vectors = vectors[tensors["mapping"]] if "mapping" in tensors else vectors
        if "weights" in tensors:
            vectors = vectors.astype(np.float32) * tensors["weights"].astype(np.float32)[:, None]
    else:
        raise ModelError(f"{path}: holds no token vectors, but {', '.join(sorted(tensors)) or 'nothing'}")
    if vectors.ndim != 2:
        raise ModelError(f"{path}: token vectors must have 2 dimensions, not {vectors.ndim}")
    return np.ascontiguousarray(vectors, dtype=np.float32)
