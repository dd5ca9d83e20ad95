"""Train the shipped encoder on all of ``data/`` and write ``civictopics/pretrained/encoder/`` (`make models` runs it).

The settings are those of ``recipes/encoder.toml``. Needs neither torch nor a network; two
runs on one machine give the same bytes. With ``--record``, what the build took goes into
``results/encoder/build.json``.
"""

import argparse
import json
import resource
import sys
import time
import tomllib
from pathlib import Path

from civictopics import load_corpus
from civictopics.encoding.training.aligned import aligned_units
from civictopics.encoding.training.fitting import Recipe, train_encoder
from civictopics.encoding.training.saving import save_encoder
from civictopics.output.provenance import environment

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "encoder"
FOLDER = ROOT / "civictopics" / "pretrained" / "encoder"
TEACHER = ROOT / "data" / "teacher" / "minilm.safetensors"
PHRASEBOOK = ROOT / "data" / "phrasebook"


def shipped_recipe() -> Recipe:
    """Return the settings of the shipped candidate."""
    declared = tomllib.loads((ROOT / "experiments" / "recipes" / "encoder.toml").read_text(encoding="utf-8"))
    (chosen,) = [entry for entry in declared["candidates"] if entry["name"] == declared["shipped"]]
    return Recipe(**{**declared["recipe"], **chosen.get("settings", {})})


def main() -> None:
    """Train, write the folder, and note what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--record", action="store_true", help="note time and memory in results/encoder/build.json")
    chosen = parser.parse_args()
    start = time.perf_counter()
    corpus = load_corpus()
    units = aligned_units(corpus, PHRASEBOOK)
    encoder = train_encoder(units, shipped_recipe(), TEACHER)
    card = chosen.out / "README.md"
    save_encoder(encoder, chosen.out, card.read_text(encoding="utf-8") if card.exists() else "")
    scale = 1 if sys.platform == "darwin" else 1024
    record = {
        "seconds": round(time.perf_counter() - start),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6),
        "megabytes": round(sum(path.stat().st_size for path in chosen.out.rglob("*") if path.is_file()) / 1e6, 2),
        "n_tokens": len(encoder.token_vectors),
        "n_dimensions": encoder.n_dimensions,
        "units": {
            kind: sum(unit.kind == kind for unit in units) for kind in ("title", "passage", "sentence", "phrase")
        },
        "corpus_revision": corpus.revision,
        "events": len(corpus),
        "environment": environment(),
    }
    if chosen.record:
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / "build.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
