"""Get an encoder by name or path."""

from pathlib import Path

from civictopics.encoding.base import Encoder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.errors import ModelError

SHIPPED = ("lsa",)
"""Encoders that need no download."""


def load_encoder(name_or_path: str | Path | None = None) -> Encoder:
    """Return an encoder.

    Parameters
    ----------
    name_or_path : str or Path, optional
        One of `SHIPPED`; the first by default.

    Raises
    ------
    ModelError
        If there is no such encoder.
    """
    name = str(name_or_path or SHIPPED[0])
    if name == "lsa":
        return LsaEncoder()
    raise ModelError(f"no encoder {name!r}; shipped are: {', '.join(SHIPPED)}")
