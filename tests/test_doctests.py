"""The examples in docstrings give what they say."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "civictopics"
WITH_EXAMPLES = [
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in sorted(PACKAGE.rglob("*.py"))
    if ">>> " in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples(name: str) -> None:
    pytest.importorskip("torch", reason="needs the extra `transformers`") if name.endswith(".transformer") else None
    result = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.attempted
    assert not result.failed


def test_the_public_names_have_examples() -> None:
    """What the README promises to work is shown at work in the docstrings."""
    import civictopics

    without = [name for name in civictopics.__all__ if ">>> " not in (getattr(civictopics, name).__doc__ or "")]
    assert not without
