"""Time the guided themes on 100,000 passages, and BERTopic as it comes on some of them: results/themes/speed.json.

python experiments/theme_speed.py          # the guided themes alone
python experiments/theme_speed.py --peers  # BERTopic too, on the first 10,000, with the extra `peers`
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from civictopics import load_corpus
from civictopics.encoding.base import Vectors
from civictopics.encoding.loading import load_encoder
from civictopics.languages import LANGUAGES
from civictopics.themes.guided import ThemeModel

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "results" / "themes" / "speed.json"
N_TIMED = 100_000
N_PEER = 10_000


def passages() -> tuple[list[str], list[str], list[object]]:
    """Return the passages of the reference corpus, over and over, with languages and articles."""
    texts: list[str] = []
    languages: list[str] = []
    owners: list[object] = []
    corpus = load_corpus()
    turn = 0
    while len(texts) < N_TIMED:
        for event in corpus:
            for language in LANGUAGES:
                for passage in event.passages:
                    texts.append(passage.text[language])
                    languages.append(language)
                    owners.append((turn, event.group, language))
        turn += 1
    return texts[:N_TIMED], languages[:N_TIMED], owners[:N_TIMED]


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Return how long some work takes."""
    start, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall_seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
    }


def measure(peers: bool) -> dict[str, object]:
    """Return the times and the peak of memory."""
    texts, languages, owners = passages()
    vectors = load_encoder("static").encode(texts)
    before = _megabytes()
    found: dict[str, object] = {
        "n_passages": N_TIMED,
        "without_vectors": timed(lambda: ThemeModel().fit(texts).transform(texts, languages, None, owners)),
        "with_vectors": timed(lambda: ThemeModel().fit(texts).transform(texts, languages, vectors, owners)),
        "megabytes_with_texts_and_vectors": _megabytes(),
        "megabytes_before": before,
    }
    if peers:
        found["bertopic"] = rival(texts[:N_PEER], languages[:N_PEER], owners[:N_PEER], vectors[:N_PEER])
    return found


def rival(texts: list[str], languages: list[str], owners: list[object], vectors: Vectors) -> dict[str, object]:
    """Return the times of BERTopic as it comes and of the guided themes, on the same passages and vectors."""
    umap = import_module("umap")
    umap.UMAP(n_neighbors=5).fit(vectors[:200])  # compiled before it is timed
    model = import_module("bertopic").BERTopic()
    theirs = timed(lambda: model.fit_transform(texts, embeddings=vectors))
    ours = timed(lambda: ThemeModel().fit(texts).transform(texts, languages, vectors, owners))
    return {
        "version": version("bertopic"),
        "n_passages": len(texts),
        "bertopic": theirs,
        "guided": ours,
        "ratio_of_cpu_seconds": round(theirs["cpu_seconds"] / ours["cpu_seconds"], 1),
        "ratio_of_wall_seconds": round(theirs["wall_seconds"] / ours["wall_seconds"], 1),
    }


def _megabytes() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true", help="time BERTopic too")
    found = measure(parser.parse_args().peers)
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {OUT.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
