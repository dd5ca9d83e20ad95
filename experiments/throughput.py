"""How many articles per second the main job reads, with how much memory, and what dominates.

Run it with ``make benchmark``; it writes ``results/throughput.json``. The articles
are made from the corpus: passages of one language are drawn at random and a tenth
of their words exchanged, so that no two articles are near-duplicates.
"""

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from civictopics import run
from civictopics.output.provenance import environment

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi", "en", "sv", "ru", "ar")
BYTES = 3000


def write_articles(path: Path, count: int, seed: int = 0) -> int:
    """Write `count` articles of about 3 KB as jsonl; return the bytes of text written."""
    generator = random.Random(seed)
    passages: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    for source in sorted((ROOT / "data" / "corpus").glob("events-*.jsonl")):
        for line in source.read_text(encoding="utf-8").splitlines():
            for passage in json.loads(line)["passages"]:
                for code in LANGUAGES:
                    passages[code].append(passage["text"][code])
    words = {code: " ".join(texts).split() for code, texts in passages.items()}
    total = 0
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            code = LANGUAGES[number % len(LANGUAGES)]
            parts: list[str] = []
            while sum(len(part.encode()) for part in parts) < BYTES:
                drawn = generator.choice(passages[code]).split()
                exchanged = (generator.choice(words[code]) if generator.random() < 0.1 else word for word in drawn)
                parts.append(" ".join(exchanged))
            text = "\n".join(parts)
            total += len(text.encode())
            record = {"id": f"a{number}", "text": text, "published": f"20{number % 24:02d}-{number % 12 + 1:02d}"}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return total


def main() -> None:
    """Make the articles, run the main job on them, write and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "throughput.json")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        size = write_articles(path, chosen.articles)
        start = time.perf_counter()
        result = run([path], Path(folder) / "out", cache=Path(folder) / "cache")
        seconds = time.perf_counter() - start
        start = time.perf_counter()
        again = run([path], Path(folder) / "again", cache=Path(folder) / "cache")
        second = time.perf_counter() - start
    scale = 1 if sys.platform == "darwin" else 1024
    own, workers = (
        resource.getrusage(who).ru_maxrss * scale for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    record = {
        "articles": chosen.articles,
        "kept": result.n_articles,
        "text_megabytes": round(size / 1e6, 1),
        "seconds": round(seconds, 1),
        "articles_per_second": round(chosen.articles / seconds, 1),
        "second_run_seconds": round(second, 1),
        "second_run_encoded": again.n_encoded,
        "peak_megabytes_main_process": round(own / 1e6),
        "peak_megabytes_largest_worker": round(workers / 1e6),
        "seconds_by_stage": result.seconds,
        "dominates": max(result.seconds, key=lambda stage: result.seconds[stage]),
        "environment": environment(),
    }
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=2))


if __name__ == "__main__":
    main()
