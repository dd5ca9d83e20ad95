"""Digests of what a cell depends on: the code that it runs, and the rows that it wrote."""

import ast
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import civictopics

PACKAGE = Path(civictopics.__file__).resolve().parent
_NAME = "civictopics"
_TOLD = ("README.md", "manifest.json")
_MATERIAL = re.compile(r"""(?:data_folder\(\)|"data") / "([\w-]+)\"""")


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value as canonical JSON."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def columns_digest(columns: Mapping[str, Any]) -> str:
    """Return the SHA-256 of columns, whatever file they are kept in."""
    return digest_of({name: list(values) for name, values in columns.items()})


def code_digest(modules: Iterable[str]) -> str:
    """Return the SHA-256 of what `modules` import of this package, directly or not, and of its data files.

    So a cell is run again when code that it may run has changed, and not when any other
    has. Data files are those beside the modules, the folders of ``data/`` that a module
    names, and the shipped models where modules name ``pretrained`` and the model; not
    their cards, which are written from results, nor the manifests, which list the cards.
    """
    digest = hashlib.sha256()
    for path in code_files(tuple(modules)):
        digest.update(f"{path.relative_to(PACKAGE.parent).as_posix()}\0".encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def code_files(modules: tuple[str, ...]) -> list[Path]:
    """Return the files that `modules` of this package are made of, sorted; modules of others have none."""
    waiting, seen = list(modules), set()
    while waiting:
        path = _file_of(waiting.pop())
        if path is not None and path not in seen:
            seen.add(path)
            waiting.extend(_imported(path))
    data = {
        other
        for folder in {path.parent for path in seen} - {PACKAGE}
        for other in folder.rglob("*")
        if other.is_file() and other.suffix not in (".py", ".pyc")
    }
    sources = [path.read_text(encoding="utf-8") for path in sorted(seen)]
    folders = [PACKAGE.parent / "data" / name for source in sources for name in _MATERIAL.findall(source)]
    if any('"pretrained"' in source for source in sources):
        models = sorted(folder for folder in (PACKAGE / "pretrained").iterdir() if folder.is_dir())
        folders += [model for model in models if any(f'"{model.name}"' in source for source in sources)]
    for folder in folders:
        data |= {path for path in folder.rglob("*") if path.is_file() and path.name not in _TOLD}
    return sorted(seen | data)


def _file_of(module: str) -> Path | None:
    first, *rest = module.split(".")
    if first != _NAME or not rest:
        return None
    place = PACKAGE.joinpath(*rest)
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            return path
    return None


@cache
def _imported(path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in _run_time_nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            homes: dict[str, str] = civictopics._HOMES if node.module == _NAME else {}
            found.add(node.module)
            found.update(homes.get(alias.name, f"{node.module}.{alias.name}") for alias in node.names)
    return frozenset(found)


def _run_time_nodes(tree: ast.AST) -> Iterable[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _run_time_nodes(node)
