"""Rebuild the tables and figures of a study from its cells, and tell whether what is there is what the cells give."""

import re
import shutil
import tempfile
from pathlib import Path

from civictopics.errors import UsageError
from civictopics.study.assembling import Study, assemble
from civictopics.study.declaration import Declaration, load_declaration
from civictopics.study.figures import write_figures
from civictopics.study.question import named
from civictopics.study.registry import OWN, Registry
from civictopics.study.tables import csv_tables, latex, markdown

MADE = ("tables", "figures")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_TEXTS = (".csv", ".md", ".tex")


def declared_studies(experiments: Path, results: Path, registry: Registry = OWN) -> list[tuple[Declaration, Path]]:
    """Return each declared study that has cells, with the folder of its results."""
    found = []
    for path in sorted(experiments.glob("*.toml")):
        folder = results / path.stem
        if (folder / "runs").is_dir():
            found.append((load_declaration(path, registry), folder))
    if not found:
        raise UsageError(f"no study of {experiments} has cells in {results}; run `civictopics experiment` first")
    return found


def rebuild(declaration: Declaration, folder: Path, registry: Registry = OWN) -> Study:
    """Make all tables and figures of a study anew; what was there of them goes."""
    study = assemble(declaration, folder, registry)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".made-") as place:
        draft = Path(place)
        _make(study, draft, registry)
        for name in MADE:
            shutil.rmtree(folder / name, ignore_errors=True)
            (draft / name).rename(folder / name)
    return study


def differences(declaration: Declaration, folder: Path, registry: Registry = OWN) -> list[str]:
    """Return what, of the tables and figures that are there, is not what the cells give; empty when all is.

    Texts may differ by one in the last decimal of a number, for another machine's
    arithmetic. Pictures are not compared, but their data are, and that they are there.
    """
    study = assemble(declaration, folder, registry, keep_private=False)
    with tempfile.TemporaryDirectory() as place:
        _make(study, Path(place), registry)
        made = {path.relative_to(place).as_posix(): path for path in _files(Path(place))}
        there = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
        found = [f"{folder / name} is missing" for name in sorted(made.keys() - there.keys())]
        found += [f"{folder / name} is made from no cell" for name in sorted(there.keys() - made.keys())]
        for name in sorted(made.keys() & there.keys()):
            if name.endswith(_TEXTS) and not alike(_text(made[name]), _text(there[name])):
                found.append(f"{folder / name} is not what the cells give; run `make results`")
    return found


def alike(first: str, second: str) -> bool:
    """Return whether two texts are equal but for the last decimal of their numbers.

    Examples
    --------
    >>> alike("a 0.812 (p = 0.03)", "a 0.813 (p = 0.03)"), alike("a 0.81", "a 0.83"), alike("a 1", "a 2")
    (True, False, False)
    """
    if _NUMBER.split(first) != _NUMBER.split(second):
        return False
    pairs = zip(_NUMBER.findall(first), _NUMBER.findall(second), strict=True)
    return all(one == other or _near(one, other) for one, other in pairs)


def _near(one: str, other: str) -> bool:
    decimals = min(len(text.partition(".")[2]) for text in (one, other))
    return decimals > 0 and abs(float(one) - float(other)) < 1.5 * 10**-decimals


def _make(study: Study, folder: Path, registry: Registry) -> None:
    question = registry.questions[study.declaration.question]
    metrics = question.metrics
    tables = folder / "tables"
    tables.mkdir(parents=True)
    said = named(question.say)(study) if question.say else ""
    texts = {**csv_tables(study), "results.md": markdown(study, metrics, said), "results.tex": latex(study, metrics)}
    for name, text in texts.items():
        (tables / name).write_text(text, encoding="utf-8")
    (folder / "figures").mkdir()
    if question.on_one_scale:
        write_figures(study, metrics, folder / "figures")
    if question.draw:
        named(question.draw)(study, folder / "figures")


def _files(folder: Path) -> list[Path]:
    return [path for name in MADE for path in sorted((folder / name).rglob("*")) if path.is_file()]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
