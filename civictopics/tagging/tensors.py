"""Arrays in the safetensors format: a JSON header and raw numbers, so that reading one executes nothing."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.errors import ModelError

_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "|u1"}
_NAMES = {np.dtype(code): name for name, code in _TYPES.items()}
_LONGEST_HEADER = 10_000_000


def write_tensors(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays, sorted by name; the same arrays give the same bytes."""
    header: dict[str, object] = {}
    contents: list[bytes] = []
    offset = 0
    for name in sorted(arrays):
        array = np.ascontiguousarray(arrays[name])
        content = array.tobytes()
        header[name] = {
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(content)],
        }
        contents.append(content)
        offset += len(content)
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(contents))


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """Read arrays.

    Raises
    ------
    ModelError
        If the file is not in the format, or a header lies about the numbers after it.
    """
    content = path.read_bytes()
    length = int.from_bytes(content[:8], "little")
    if len(content) < 8 or length > min(_LONGEST_HEADER, len(content) - 8):
        raise ModelError(f"{path.name}: the header is said to have {length} bytes, the file has {len(content)}")
    try:
        header = json.loads(content[8 : 8 + length])
        numbers = memoryview(content)[8 + length :]
        return {name: _array(entry, numbers) for name, entry in header.items() if name != "__metadata__"}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path.name}: not a safetensors file: {error}") from error


def _array(entry: dict[str, Any], numbers: memoryview) -> NDArray[Any]:
    kind = np.dtype(_TYPES[entry["dtype"]])
    shape = tuple(entry["shape"])
    begin, end = entry["data_offsets"]
    if not all(isinstance(size, int) and size >= 0 for size in (*shape, begin, end)):
        raise ValueError(f"shape {shape} and offsets {begin}, {end} must be whole numbers")
    if end > len(numbers) or end - begin != math.prod(shape) * kind.itemsize:
        raise ValueError(f"shape {shape} does not fit the bytes {begin} to {end} of {len(numbers)}")
    return np.frombuffer(numbers[begin:end], dtype=kind).reshape(shape)
