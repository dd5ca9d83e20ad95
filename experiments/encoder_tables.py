"""Make summary, tables, figure and model card of the encoder's experiment from its result files.

Reads ``results/encoder/cells/``, ``external.json``, ``speed.json`` and
``build.json``; writes ``summary.json``, ``tables/``, ``figures/`` beside them and
``civictopics/pretrained/encoder/README.md`` with its manifest. No number is typed.
"""

import csv
import io
import json
import tomllib
from pathlib import Path
from string import Template
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from matplotlib.figure import Figure
from sklearn.metrics import f1_score

from civictopics.encoding.folder import write_manifest
from civictopics.evaluation.bootstrap import Interval, bootstrap_interval
from civictopics.evaluation.classification import macro_f1, mean_score
from civictopics.languages import LANGUAGES
from civictopics.report.style import figure_style, save

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results" / "encoder"
FOLDER = ROOT / "civictopics" / "pretrained" / "encoder"
TEMPLATE = ROOT / "experiments" / "encoder_card.md"
PAIRS = [f"{first}_{second}" for first in LANGUAGES for second in LANGUAGES if first != second]
OTHERS = [code for code in LANGUAGES if code != "en"]


def read(name: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return a result file."""
    return json.loads((RESULTS / name).read_text(encoding="utf-8"))


def declared() -> dict[str, Any]:
    """Return what ``recipes/encoder.toml`` says."""
    return tomllib.loads((ROOT / "experiments" / "recipes" / "encoder.toml").read_text(encoding="utf-8"))


def summarise() -> dict[str, Any]:
    """Return the figures of every candidate on the folds that all share, and of the shipped one on all folds."""
    said = declared()
    shared = {entry["name"]: _figures(entry["name"], said["rival_folds"]) for entry in said["candidates"]}
    return {"shared_folds": shared, "all_folds": _figures(said["shipped"], said["folds"])}


def _figures(name: str, folds: int) -> dict[str, Any]:
    stems = [RESULTS / "cells" / f"{name.replace(' ', '-')}--{fold}" for fold in range(folds)]
    cells = [json.loads(stem.with_suffix(".json").read_text(encoding="utf-8")) for stem in stems]
    columns = [pq.read_table(stem.with_suffix(".parquet")).to_pydict() for stem in stems]
    rows = {key: [value for part in columns for value in part[key]] for key in columns[0]}
    hits = np.mean([np.array(rows[f"hit_{pair}"], dtype=float) for pair in PAIRS], axis=0)
    by_pair = {pair.replace("_", "-"): float(np.mean(rows[f"hit_{pair}"])) for pair in PAIRS}
    small = [cell["retrieval_among_140"] for cell in cells]
    f1 = {code: float(f1_score(rows["theme"], rows[f"theme_{code}"], average="macro")) for code in LANGUAGES}
    neutral = {
        code: float(f1_score(rows["theme"], rows[f"neutral_theme_{code}"], average="macro")) for code in LANGUAGES
    }
    english = bootstrap_interval(macro_f1(rows["theme"], rows["theme_en"]), rows["group"])
    worst = min(by_pair, key=lambda pair: by_pair[pair])
    found = {
        "folds": folds,
        "groups": len(set(rows["group"])),
        "passages": len(hits),
        "passages_per_fold": [cell["n_passages"] for cell in cells],
        "retrieval": _interval(bootstrap_interval(mean_score(hits), rows["group"])),
        "retrieval_by_pair": by_pair,
        "worst_pair": worst,
        "worst_pair_retrieval": _interval(
            bootstrap_interval(
                mean_score([float(hit) for hit in rows[f"hit_{worst.replace('-', '_')}"]]), rows["group"]
            )
        ),
        "worst_pair_of_any_fold": min(min(cell["retrieval"].values()) for cell in cells),
        "retrieval_among_140": float(np.mean([list(part.values()) for part in small])),
        "worst_pair_among_140": float(min(np.mean([part[pair] for part in small]) for pair in by_pair)),
        "worst_pair_among_140_of_any_fold": min(min(part.values()) for part in small),
        "theme_f1": f1,
        "theme_f1_english": _interval(english),
        "theme_share_of_english": {code: f1[code] / f1["en"] for code in OTHERS},
        "theme_f1_mean": float(np.mean(list(f1.values()))),
        "theme_f1_neutral_mean": float(np.mean(list(neutral.values()))),
        "language_told": _told(rows, "language"),
        "language_told_neutral": _told(rows, "neutral_language"),
        "seconds_to_train": float(np.mean([cell["seconds"] for cell in cells])),
    }
    return _rounded(found)


def _told(rows: dict[str, list[Any]], kind: str) -> dict[str, float]:
    right = np.mean([[told == code for told in rows[f"{kind}_{code}"]] for code in LANGUAGES], axis=0)
    return _interval(bootstrap_interval(mean_score(right), rows["group"]))


def _interval(found: Interval) -> dict[str, float]:
    return {"value": found.value, "low": found.low, "high": found.high}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    return round(float(value), 4) if isinstance(value, float) else value


def comparison(summary: dict[str, Any]) -> list[dict[str, str]]:
    """Return the candidates as rows of a table."""
    return [
        {
            "candidate": name,
            "retrieval": _shown(found["retrieval"]),
            "worst pair": f"{found['worst_pair_retrieval']['value']:.3f} ({found['worst_pair']})",
            "retrieval among 140": f"{found['retrieval_among_140']:.3f}",
            "theme F1, English": _shown(found["theme_f1_english"]),
            "worst share of English": f"{min(found['theme_share_of_english'].values()):.3f}",
            "language told": f"{found['language_told']['value']:.3f}",
            "neutralised": f"{found['language_told_neutral']['value']:.3f}",
        }
        for name, found in summary["shared_folds"].items()
    ]


def benchmarks(external: dict[str, Any]) -> list[dict[str, str]]:
    """Return SIB-200 and NTREX as rows of a table; a language's NTREX figure is the mean of its eight pairs."""
    rows = []
    for name, scores in external["sib200"].items():
        row = {"benchmark": "SIB-200, accuracy", "encoder": name}
        rows.append(row | {code: f"{scores[code]['accuracy']:.3f}" for code in LANGUAGES})
    for name, pairs in external["ntrex"].items():
        means = {code: np.mean([hit for pair, hit in pairs.items() if code in pair.split("-")]) for code in LANGUAGES}
        row = {"benchmark": "NTREX, top-1 among 1,997", "encoder": name}
        rows.append(row | {code: f"{means[code]:.3f}" for code in LANGUAGES})
    return rows


def card(summary: dict[str, Any]) -> str:
    """Return the model card: the template with the numbers of the result files."""
    build, speed, whole = read("build.json"), read("speed.json"), summary["all_folds"]
    values = {
        "candidates": markdown(comparison(summary)),
        "benchmarks": markdown(benchmarks(read("external.json"))),
        "retrieval": _shown(whole["retrieval"]),
        "worst": f"{_shown(whole['worst_pair_retrieval'])} ({whole['worst_pair']})",
        "worst_any": f"{whole['worst_pair_of_any_fold']:.3f}",
        "retrieval_small": f"{whole['retrieval_among_140']:.3f}",
        "worst_small": f"{whole['worst_pair_among_140']:.3f}",
        "least_passages": str(min(whole["passages_per_fold"])),
        "most_passages": str(max(whole["passages_per_fold"])),
        "groups": str(whole["groups"]),
        "folds": str(whole["folds"]),
        "rival_folds": str(declared()["rival_folds"]),
        "theme_english": _shown(whole["theme_f1_english"]),
        "theme_shares": ", ".join(f"{code} {share:.3f}" for code, share in whole["theme_share_of_english"].items()),
        "theme_mean": f"{whole['theme_f1_mean']:.3f}",
        "theme_neutral": f"{whole['theme_f1_neutral_mean']:.3f}",
        "language": f"{whole['language_told']['value']:.3f}",
        "language_neutral": f"{whole['language_told_neutral']['value']:.3f}",
        "build_seconds": str(build["seconds"]),
        "build_megabytes": str(build["peak_megabytes"]),
        "megabytes": f"{build['megabytes']:.1f}",
        "tokens": f"{build['n_tokens']:,}",
        "dimensions": str(build["n_dimensions"]),
        "events": str(build["events"]),
        **{kind: f"{count:,}" for kind, count in build["units"].items()},
        "load": f"{speed['load_seconds']:.2f}",
        "rate": f"{speed['articles_per_second']:,}",
        "ratio": f"{speed['ratio']:.0f}",
        "memory": str(speed["megabytes_at_10000_articles"]),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(values)


def markdown(rows: list[dict[str, str]]) -> str:
    """Return rows as a Markdown table."""
    head = list(rows[0])
    ruler = ["---" if name in ("candidate", "benchmark", "encoder") else "---:" for name in head]
    lines = [head, ruler, *([row[name] for name in head] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def tables(summary: dict[str, Any]) -> dict[str, str]:
    """Return the content of the files of ``tables/`` by name."""
    compared, external = comparison(summary), benchmarks(read("external.json"))
    pairs = [{"from": first, **{second: _pair(summary, first, second) for second in LANGUAGES}} for first in LANGUAGES]
    text = f"{markdown(compared)}\n\n{markdown(external)}\n\n{markdown(pairs)}\n"
    return {
        "results.md": text,
        "candidates.csv": _csv(compared),
        "benchmarks.csv": _csv(external),
        "pairs.csv": _csv(pairs),
    }


def figure(summary: dict[str, Any]) -> Figure:
    """Return the retrieval of the shipped candidate for each ordered pair of languages."""
    matrix = np.array([[float(_pair(summary, a, b) or "nan") for b in LANGUAGES] for a in LANGUAGES])
    drawn = Figure(figsize=(4.6, 3.9))
    axes = drawn.subplots()
    image = axes.imshow(matrix, cmap="cividis", vmin=0.9, vmax=1)
    axes.set_xticks(range(5), LANGUAGES)
    axes.set_yticks(range(5), LANGUAGES)
    axes.set_xlabel("translation in")
    axes.set_ylabel("passage in")
    axes.set_title("Translations found first, held-out events")
    for row, column in np.ndindex(5, 5):
        if row != column:
            shade = "black" if matrix[row, column] > 0.95 else "white"
            axes.text(column, row, f"{matrix[row, column]:.3f}", ha="center", va="center", color=shade)
    drawn.colorbar(image, ax=axes, label="top-1")
    return drawn


def _pair(summary: dict[str, Any], first: str, second: str) -> str:
    found = summary["all_folds"]["retrieval_by_pair"].get(f"{first}-{second}")
    return "" if found is None else f"{found:.3f}"


def _shown(found: dict[str, float]) -> str:
    return f"{found['value']:.3f} [{found['low']:.3f}, {found['high']:.3f}]"


def _csv(rows: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write everything."""
    summary = summarise()
    (RESULTS / "summary.json").write_text(json.dumps(summary, indent=1) + "\n", encoding="utf-8")
    for name, text in tables(summary).items():
        path = RESULTS / "tables" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (RESULTS / "figures").mkdir(exist_ok=True)
    with figure_style():
        save(figure(summary), RESULTS / "figures", "retrieval")
    (FOLDER / "README.md").write_text(card(summary), encoding="utf-8", newline="\n")
    write_manifest(FOLDER)
    print((RESULTS / "tables" / "results.md").read_text(encoding="utf-8"))
    print(json.dumps(summary["all_folds"], indent=1))


if __name__ == "__main__":
    main()
