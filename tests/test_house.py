"""The house rules that a script can check."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "civictopics"
# From the first stage to the last: a later one may import an earlier one, never the reverse.
STAGES = [
    "errors", "parallel", "progress", "languages", "corpus", "encoding", "themes", "periods", "evaluation", "tagging",
    "annotation", "report", "settings", "output", "pipeline", "study", "exploring", "commands", "cli",
]  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))


def _stage(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return {module for module in found if module.startswith("civictopics.")}


def test_imports_go_one_way() -> None:
    wrong = []
    for path in FILES:
        own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if own in ("__init__", "__main__"):
            continue
        for module in _imports(path):
            if STAGES.index(_stage(module)) > STAGES.index(own):
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    tree = ast.parse(text)
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            assert (node.end_lineno or 0) - first.lineno < 60, f"{node.name} is over 60 lines"


def test_import_reads_no_other_library() -> None:
    code = (
        "import sys, civictopics; print(sorted({m.split('.')[0] for m in sys.modules} & {'numpy', 'sklearn', 'torch'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_are_there() -> None:
    import civictopics

    assert len(civictopics.__all__) < 15
    for name in civictopics.__all__:
        assert getattr(civictopics, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'missing'"):
        civictopics.missing  # noqa: B018


def test_readme_names_only_files_that_exist() -> None:
    import re

    text = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(
        re.findall(r"(?<![\w/.-])((?:civictopics|data|docs|tests|experiments|results|notebooks)/[\w./-]*\w)", text)
    )
    assert not [name for name in sorted(named) if not (ROOT / name).exists()]
