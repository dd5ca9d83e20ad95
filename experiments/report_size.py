"""How large the report of 2,000 articles is, and what making it takes: writes ``results/report-size.json``.

The articles are those of ``experiments/throughput.py``: passages of the corpus, drawn at random.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

import civictopics.pipeline as pipeline
from civictopics import run
from civictopics.output.provenance import environment
from experiments.throughput import write_articles

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Make the articles, run the main job on them, write and print sizes and seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "report-size.json")
    chosen = parser.parse_args()
    seconds: dict[str, float] = {}
    for name in ("gather", "write_report"):
        setattr(pipeline, name, _timed(getattr(pipeline, name), name, seconds))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write_articles(source, chosen.articles)
        result = run([source], Path(folder) / "out", cache=Path(folder) / "cache")
        page = (Path(folder) / "out" / "report.html").read_bytes()
    text = page.decode("utf-8")
    start = text.index('id="data">') + len('id="data">')
    articles = text[start : text.index("</script>", start)]
    record = {
        "articles": result.n_articles,
        "shown": len(json.loads(articles)["articles"]),
        "page_megabytes": round(len(page) / 1e6, 3),
        "articles_megabytes": round(len(articles.encode("utf-8")) / 1e6, 3),
        "processor_seconds": {name: round(value, 2) for name, value in seconds.items()},
        "environment": environment(),
    }
    chosen.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(record, indent=2))


def _timed(function, name, seconds):  # noqa: ANN001, ANN202 - any function
    def timed(*given, **named):  # noqa: ANN002, ANN003, ANN202
        start = time.process_time()
        result = function(*given, **named)
        seconds[name] = time.process_time() - start
        return result

    return timed


if __name__ == "__main__":
    main()
