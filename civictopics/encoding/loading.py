"""Get an encoder by name or path."""

import os
from importlib.resources import files
from pathlib import Path

from civictopics.encoding.base import Encoder
from civictopics.encoding.folder import MODULES, is_static_folder
from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.transformer import SentenceTransformerEncoder
from civictopics.errors import ModelError

# scikit-learn and pyarrow are imported where they are used: the shipped encoder needs neither, and loads at once.

SHIPPED = ("static", "lsa")
"""Encoders that need no download; the first is the default."""


def load_encoder(name_or_path: str | Path | Encoder | None = None) -> Encoder:
    """Return an encoder.

    Parameters
    ----------
    name_or_path : str, Path or Encoder, optional
        One of `SHIPPED`, the first by default; a folder in the format of
        sentence-transformers; ``owner/model`` of a hub; a parquet file with the
        columns ``text`` and ``vector``. An encoder is returned as it is.

    Raises
    ------
    ModelError
        If there is no such encoder, a file of it is damaged, or it needs an extra.

    Examples
    --------
    >>> load_encoder().name
    'static'
    """
    if not isinstance(name_or_path, (str, os.PathLike, type(None))):
        return name_or_path
    name = os.fspath(name_or_path or SHIPPED[0])
    if name == "static":
        return StaticEncoder.from_folder(shipped_folder(), name)
    if name == "lsa":
        from civictopics.encoding.lsa import LsaEncoder

        return LsaEncoder()
    path = Path(name).expanduser()
    if path.is_dir():
        return _from_folder(path)
    if path.is_file() and path.suffix == ".parquet":
        from civictopics.encoding.precomputed import PrecomputedEncoder

        return PrecomputedEncoder.from_parquet(path)
    if _is_hub_name(name):
        return SentenceTransformerEncoder(name)
    raise ModelError(
        f"no encoder {name!r}; shipped are: {', '.join(SHIPPED)}. Else give the path of a folder in the format of "
        "sentence-transformers, a parquet file with the columns 'text' and 'vector', or owner/model of a hub"
    )


def shipped_folder() -> Path:
    """Return the folder of the shipped model."""
    return Path(str(files("civictopics"))) / "pretrained" / "encoder"


def _from_folder(path: Path) -> Encoder:
    if is_static_folder(path):
        return StaticEncoder.from_folder(path)
    if (path / MODULES).exists() or (path / "config.json").exists():
        return SentenceTransformerEncoder(path)
    raise ModelError(
        f"{path} holds no model of sentence-transformers ({MODULES} is missing); shipped are: {', '.join(SHIPPED)}"
    )


def _is_hub_name(name: str) -> bool:
    return name.count("/") == 1 and not name.startswith((".", "/", "~")) and not name.endswith("/")
