"""Train the shipped encoder on all of ``data/`` and write ``civictopics/pretrained/encoder/`` (`make models` runs it).

The settings are the defaults of ``Recipe``. Needs neither torch nor a network; two runs
on one machine give the same bytes. The card is filled in from the result files. With
``--record``, what the build took goes into ``results/encoder/build.json``; with
``--card``, card and ``docs/encoders.md`` are written anew and nothing is trained.
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import encoder_card

from civictopics import load_corpus
from civictopics.encoding.folder import TOKENIZER, WEIGHTS, write_manifest
from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.aligned import aligned_units
from civictopics.encoding.training.fitting import Recipe, train_encoder
from civictopics.encoding.training.saving import save_encoder
from civictopics.output.provenance import environment

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "encoder"
FOLDER = ROOT / "civictopics" / "pretrained" / "encoder"
TEACHER = ROOT / "data" / "teacher" / "minilm.safetensors"
PHRASEBOOK = ROOT / "data" / "phrasebook"


def main() -> None:
    """Train, write the folder, and note what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--record", action="store_true", help="note time and memory in results/encoder/build.json")
    parser.add_argument("--card", action="store_true", help="write the card alone")
    chosen = parser.parse_args()
    if chosen.card:
        write_card(chosen.out)
        encoder_card.PAGE.write_text(encoder_card.page(), encoding="utf-8", newline="\n")
        return
    start = time.perf_counter()
    corpus = load_corpus()
    units = aligned_units(corpus, PHRASEBOOK)
    encoder = train_encoder(units, Recipe(), TEACHER)
    before = {name: _content(FOLDER / name) for name in (WEIGHTS, TOKENIZER)}
    save_encoder(encoder, chosen.out)
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
        "digest": StaticEncoder.from_folder(chosen.out).digest,
        "same_bytes_as_the_shipped": all(_content(chosen.out / name) == content for name, content in before.items()),
        "environment": environment(),
    }
    if chosen.record:
        RESULTS.mkdir(parents=True, exist_ok=True)
        (RESULTS / "build.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    write_card(chosen.out)
    print(json.dumps(record, indent=2))


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def write_card(folder: Path) -> None:
    """Write the card, and list it in the manifest."""
    (folder / "README.md").write_text(encoder_card.card(), encoding="utf-8", newline="\n")
    write_manifest(folder)


if __name__ == "__main__":
    main()
