"""Compare the discovering methods on BBC News, and time the guided themes: results/themes/methods.json, speed.json.

python experiments/theme_methods.py VECTORS.npy   # English MiniLM vectors of ../shared/benchmarks/octis/bbc_news.tsv
python experiments/theme_methods.py --speed       # 100,000 passages from ready vectors
"""

import argparse
import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score
from threadpoolctl import threadpool_limits

from civictopics import load_corpus
from civictopics.encoding.loading import load_encoder
from civictopics.errors import UsageError
from civictopics.languages import LANGUAGES
from civictopics.themes.density import HdbscanThemes
from civictopics.themes.discovering import DiscoveringModel
from civictopics.themes.guided import ThemeModel
from civictopics.themes.lda import LdaThemes
from civictopics.themes.lsi import LsiThemes
from civictopics.themes.nmf import NmfThemes
from civictopics.themes.residual import ResidualThemes
from civictopics.themes.tfidf_kmeans import TfidfKMeansThemes
from civictopics.themes.vector_kmeans import VectorKMeansThemes

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "results" / "themes"
BBC = ROOT.parent / "shared" / "benchmarks" / "octis" / "bbc_news.tsv"
SEEDS = (0, 1, 2)
N_TIMED = 100_000


def methods(seed: int) -> list[DiscoveringModel]:
    """Return the methods to compare; those without a seed once."""
    seeded: list[DiscoveringModel] = [
        VectorKMeansThemes(5, seed=seed),
        ResidualThemes("auto", seed=seed),
        NmfThemes(5, seed=seed),
        TfidfKMeansThemes(5, seed=seed),
        LdaThemes(5, seed=seed),
        LsiThemes(5, seed=seed),
    ]
    return [*seeded, HdbscanThemes()] if seed == SEEDS[0] else seeded


def compare(vectors_path: Path) -> list[dict[str, object]]:
    """Return the agreement of each method with the labels, seed by seed."""
    rows = [line.split("\t") for line in BBC.read_text(encoding="utf-8").splitlines()]
    texts, labels = [row[0] for row in rows], [row[2].strip() for row in rows]
    vectors = np.load(vectors_path)
    found: list[dict[str, object]] = []
    for seed in SEEDS:
        with threadpool_limits(1):
            plain = KMeans(5, n_init=10, random_state=seed).fit_predict(vectors)
        found.append({"method": "scikit-learn KMeans", "seed": seed, "n_themes": 5, "nmi": _nmi(labels, plain)})
        for model in methods(seed):
            start = time.process_time()
            try:
                model.fit(texts, embeddings=vectors)
            except UsageError as error:
                found.append({"method": type(model).__name__, "seed": seed, "missing": str(error)})
                continue
            result = model.result_
            row = {
                "method": type(model).__name__,
                "seed": seed,
                "n_themes": len(result.names),
                "nmi": _nmi(labels, result.labels()),
                "sizes": result.sizes.tolist(),
                "unstable": list(result.unstable),
                "cpu_seconds": round(time.process_time() - start, 1),
            }
            if isinstance(model, ResidualThemes):
                row["agreement_by_number"] = model.agreement_
            found.append(row)
            print(row["method"], row["n_themes"], row["nmi"])
    return found


def time_guided() -> dict[str, object]:
    """Return how long reading 100,000 passages in five languages takes from ready vectors, and the memory."""
    corpus = load_corpus()
    texts, languages, owners = [], [], []
    while len(texts) < N_TIMED:
        for event in corpus:
            for language in LANGUAGES:
                for passage in event.passages:
                    texts.append(passage.text[language])
                    languages.append(language)
                    owners.append((len(texts) // 10_000, event.group, language))
    texts, languages, owners = texts[:N_TIMED], languages[:N_TIMED], owners[:N_TIMED]
    vectors = load_encoder("static").encode(texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = {}
    for name, given in (("without_vectors", None), ("with_vectors", vectors)):
        start, cpu = time.perf_counter(), time.process_time()
        ThemeModel().fit(texts).transform(texts, languages, given, owners)
        seconds[name] = {
            "wall_seconds": round(time.perf_counter() - start, 1),
            "cpu_seconds": round(time.process_time() - cpu, 1),
        }
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "n_passages": N_TIMED,
        **seconds,
        "megabytes_with_texts_and_vectors": round(peak / 1024),
        "megabytes_before": round(before / 1024),
    }


def _nmi(labels: list[str], found: object) -> float:
    return round(float(normalized_mutual_info_score(labels, found)), 4)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vectors", nargs="?", type=Path)
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    if arguments.speed:
        _write("speed", time_guided())
    if arguments.vectors:
        _write("methods", {"data": "BBC News", "runs": compare(arguments.vectors)})
    return 0


def _write(name: str, content: object) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
