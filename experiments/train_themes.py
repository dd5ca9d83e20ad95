"""Learn the shipped theme weights from data/, or measure them on held-out groups.

python experiments/train_themes.py            # writes civictopics/pretrained/themes
python experiments/train_themes.py --measure  # writes results/themes/*.json
"""

import argparse
import csv
import json
import sys
import time
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from civictopics import load_corpus
from civictopics.corpus.passages import split_passages
from civictopics.corpus.reference import Event
from civictopics.encoding.loading import load_encoder
from civictopics.languages import LANGUAGES
from civictopics.themes.articles import decide_flags, passage_means
from civictopics.themes.context import forward
from civictopics.themes.coverage import seed_coverage
from civictopics.themes.guided import GUIDED_THEMES, ThemeModel
from civictopics.themes.material import CLASSES, Material, event_targets, prepare
from civictopics.themes.training import (
    Learned,
    Vectors,
    article_inputs,
    fold_of_events,
    learn,
    seasonal,
    unit_features,
    view_scores,
)
from civictopics.themes.weights import ThemeWeights, quantise, save_weights

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "results" / "themes"
OUTER_FOLDS = 5
N_BOOTSTRAPS = 1000
NEWS_COUNTS = 4
NEWS = ROOT / "data" / "themes"


def vectors_of(materials: list[Material]) -> tuple[Vectors, dict[str, str]]:
    """Return the shipped encoder's vectors of every view, and what made them."""
    encoder = load_encoder("static")
    found = {}
    for material in materials:
        aligned = encoder.encode(material.views["aligned"].passages)
        cut = encoder.encode(material.views["cut"].passages)
        found[material.language] = {"aligned": aligned, "alone": aligned, "cut": cut, "untitled": cut}
    return found, {"encoder": encoder.name, "encoder_digest": encoder.digest}


CARD = """# Guided themes

Word scores and small networks that weigh the themes `emulation`, `mass_mobilisation`, `tet_security` and
`party_building` in passages, tell which of them an article treats in substance, and what it is mainly about.

- Learned from the reference corpus in `data/corpus`, invented general news in Vietnamese (`data/themes`), and the
  phrases of the language files and the phrasebook, by `python experiments/train_themes.py`; nothing else went in.
  `config.json` names the revisions and the encoder.
- Languages: vi, en, sv, ru, ar. Others are read by the seeds of their language file alone.
- Measured on held-out groups and on real articles: `results/themes/`.
- All of it is invented: on real news the flags are less sure than on held-out groups, and their probabilities are too
  sure of themselves. It errs most on what merely names the Front or an office of mass mobilisation (false alarms), and
  on work among the people that names no organisation (missed).
- `model.safetensors` holds numbers only; `manifest.json` holds the SHA-256 of every file.
"""


def ship(learned: Learned, config: dict[str, object]) -> None:
    """Write the shipped weights."""
    rounded = {language: quantise(table) for language, table in learned.tables.items()}
    weights = ThemeWeights(
        tables={language: table for language, (table, _) in rounded.items()},
        scales=np.array([scale for _, scale in rounded.values()]),
        networks=learned.networks,
        vector_table=learned.vector_table,
        config=config,
    )
    home = ROOT / "civictopics" / "pretrained" / "themes"
    home.mkdir(parents=True, exist_ok=True)
    (home / "README.md").write_text(CARD, encoding="utf-8", newline="\n")
    save_weights(weights, home)


def held_out(
    materials: list[Material], events: list[Event], vectors: Vectors | None
) -> dict[str, dict[str, NDArray[np.int64]]]:
    """Return what models that have not seen an event say of it, for each language, without and with vectors."""
    flags, main = event_targets(events)
    folds = fold_of_events(len(events), OUTER_FOLDS, 99)
    kinds = ("", "_vectors") if vectors else ("",)
    found: dict[str, dict[str, NDArray[np.int64]]] = {}
    for fold in range(OUTER_FOLDS):
        learned = learn(materials, flags, main, folds != fold, vectors, counts=times_of(events))
        for material in materials:
            for kind in kinds:
                read = _read(material, learned, kind, vectors if kind else None)
                own = found.setdefault(material.language + kind, {name: np.zeros_like(v) for name, v in read.items()})
                of_articles = folds[material.views["cut"].events] == fold
                of_passages = folds[material.views["alone"].events] == fold
                for name, values in read.items():
                    rows = of_passages if name in ("passages", "alone") else of_articles
                    own[name][rows] = values[rows]
        print(f"fold {fold + 1} of {OUTER_FOLDS}")
    return found


def _read(material: Material, learned: Learned, kind: str, vectors: Vectors | None) -> dict[str, NDArray[np.int64]]:
    networks = learned.networks
    table = learned.tables[material.language].astype(np.float32)
    scores = view_scores(material, table, learned.vector_table if kind else None, vectors)
    read = {}
    for name, target in (("aligned", "passages"), ("alone", "alone"), ("cut", "flags")):
        view = material.views[name]
        chances = forward(unit_features(view, scores[name]), networks[f"passage{kind}"])
        if name != "alone":
            chances = seasonal(view, scores[name], chances)
        if name != "cut":
            read[target] = passage_means(chances, view.batch).argmax(axis=1)
            continue
        substance, subject = article_inputs(view, scores[name], chances)
        present = decide_flags(substance, *networks[f"flags{kind}"][0]) >= 0.5
        read["flags"] = present.astype(np.int64)
        read["main"] = forward(subject, networks[f"main{kind}"]).argmax(axis=1)
    return read


def interval(values: NDArray[np.float64], owners: NDArray[np.int64], n_events: int) -> list[float]:
    """Return the mean of right answers and its interval of 95%, by bootstrap over events."""
    sums, counts = np.zeros(n_events), np.zeros(n_events)
    np.add.at(sums, owners, values)
    np.add.at(counts, owners, 1.0)
    draws = np.random.default_rng(0).integers(0, n_events, (N_BOOTSTRAPS, n_events))
    means = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return [round(float(value), 4) for value in (values.mean(), low, high)]


def f1_interval(truth: NDArray[np.bool_], found: NDArray[np.int64]) -> list[float]:
    """Return the macro-F1 of the flags and its interval of 95%, by bootstrap over events."""
    draws = np.random.default_rng(0).integers(0, len(truth), (N_BOOTSTRAPS, len(truth)))
    wrong = truth != (found > 0)
    right = truth & (found > 0)

    def macro(rows: NDArray[np.int64]) -> float:
        hits, misses = right[rows].sum(axis=0), wrong[rows].sum(axis=0)
        return float((2 * hits / np.maximum(2 * hits + misses, 1)).mean())

    low, high = np.percentile([macro(rows) for rows in draws], [2.5, 97.5])
    return [round(value, 4) for value in (macro(np.arange(len(truth))), float(low), float(high))]


def measure_corpus(materials: list[Material], events: list[Event], vectors: Vectors | None) -> dict[str, object]:
    """Return the scores on held-out groups of the reference corpus."""
    found = held_out(materials, events, vectors)
    scores: dict[str, object] = {"invented_news": measure_news(found, events)}
    # the scores are of the events that are told in all languages
    events = [event for event in events if set(LANGUAGES) <= set(event.title)]
    flags, main = event_targets(events)
    themes = np.array([CLASSES.index(passage.theme) for event in events for passage in event.passages])
    owners = np.repeat(np.arange(len(events)), [len(event.passages) for event in events])
    found = {
        name: {
            key: values[: len(owners) if key in ("passages", "alone") else len(events)] for key, values in own.items()
        }
        for name, own in found.items()
    }
    alone = np.arange(len(events))
    for kind in ("", "_vectors") if vectors else ("",):
        rows: dict[str, object] = {}
        for language in LANGUAGES:
            own = found[language + kind]
            rows[language] = {
                "passage_accuracy": interval((own["passages"] == themes).astype(float), owners, len(events)),
                "passage_accuracy_without_context": interval(
                    (own["alone"] == themes).astype(float), owners, len(events)
                ),
                "flags_macro_f1": f1_interval(flags, own["flags"]),
                "flags_f1": dict(
                    zip(GUIDED_THEMES, f1_score(flags, own["flags"], average=None).round(4).tolist(), strict=True)
                ),
                "main_theme_accuracy": interval((own["main"] == main).astype(float), alone, len(events)),
                "main_theme_macro_f1": round(float(f1_score(main, own["main"], average="macro")), 4),
            }
        pairs = {
            f"{a}-{b}": interval(
                (found[a + kind]["flags"] == found[b + kind]["flags"]).all(axis=1).astype(float), alone, len(events)
            )
            for a, b in combinations(LANGUAGES, 2)
        }
        scores["with_vectors" if kind else "without_vectors"] = {"languages": rows, "same_flags": pairs}
    return scores


def measure_news(found: dict[str, dict[str, NDArray[np.int64]]], events: list[Event]) -> dict[str, object]:
    """Return the scores on held-out invented news in Vietnamese, which stands behind the events of the corpus."""
    news = [number for number, event in enumerate(events) if not set(LANGUAGES) <= set(event.title)]
    flags, main = event_targets([events[number] for number in news])
    scores: dict[str, object] = {"n_articles": len(news)}
    for kind in ("", "_vectors"):
        own = found.get(f"vi{kind}")
        if own is not None:
            present = own["flags"][news] > 0
            scores["with_vectors" if kind else "without_vectors"] = {
                "flags_macro_f1": f1_interval(flags, own["flags"][news]),
                "flags_f1": dict(
                    zip(GUIDED_THEMES, f1_score(flags, present, average=None).round(4).tolist(), strict=True)
                ),
                "false_alarms": int((present & ~flags).any(axis=1).sum()),
                "main_theme_accuracy": round(float((own["main"][news] == main).mean()), 4),
            }
    return scores


def times_of(events: list[Event]) -> NDArray[np.int64]:
    """Return how often each event counts: invented news, which is there in one language alone, oftener."""
    return np.array([1 if set(LANGUAGES) <= set(event.title) else NEWS_COUNTS for event in events])


def measure_shared(shared: Path) -> dict[str, object]:
    """Return the scores of the shipped weights on real articles, which they were not learned from."""
    model = ThemeModel().fit([])
    encoder = load_encoder("static")
    scores: dict[str, object] = {}
    for kind in ("without_vectors", "with_vectors"):
        records = [json.loads(line) for line in (shared / "real_vi" / "dev.jsonl").read_text("utf-8").splitlines()]
        start = time.process_time()
        read = _read_records(model, records, "vi", encoder if kind == "with_vectors" else None)
        seconds = time.process_time() - start
        truth = np.array([[theme in record["themes"] for theme in GUIDED_THEMES] for record in records])
        present = np.array([[theme in themes for theme in GUIDED_THEMES] for themes, _ in read])
        main = [main == record["main_theme"] for (_, main), record in zip(read, records, strict=True)]
        scores[kind] = {
            "real_vi": {
                "flags_macro_f1": f1_interval(truth, present.astype(np.int64)),
                "flags_f1": dict(
                    zip(GUIDED_THEMES, f1_score(truth, present, average=None).round(4).tolist(), strict=True)
                ),
                "same_flags": round(float((truth == present).all(axis=1).mean()), 4),
                "false_alarms": int((present & ~truth).any(axis=1).sum()),
                "main_theme_accuracy": round(float(np.mean(main)), 4),
                "cpu_milliseconds_per_article": round(1000 * seconds / len(records), 2),
            },
            "other_news_false_alarms": {
                path.stem: _false_alarms(model, path, encoder if kind == "with_vectors" else None)
                for path in sorted((shared / "other_news").glob("*.jsonl"))
            },
        }
    return scores


def _false_alarms(model: ThemeModel, path: Path, encoder: object) -> list[int]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [sum(bool(themes) for themes, _ in _read_records(model, records, path.stem, encoder)), len(records)]


def _read_records(
    model: ThemeModel, records: list[dict[str, str]], language: str, encoder: object
) -> list[tuple[list[str], str]]:
    passages = [split_passages(record["text"]) or ["."] for record in records]
    vectors = encoder.encode([text for texts in passages for text in texts]) if encoder else None  # type: ignore[attr-defined]
    titles = [record.get("title", "") for record in records]
    return [
        (r.themes, r.main_theme) for r in model.transform_articles(titles, passages, [language] * len(records), vectors)
    ]


def write_coverage(events: list[Event]) -> None:
    """Write which seeds occur in the reference corpus, and how many passages they decide alone."""
    rows = [(passage.text[code], code) for event in events for passage in event.passages for code in LANGUAGES]
    texts, codes = zip(*rows, strict=True)
    path = OUT / "seed-coverage.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["language", "theme", "seeds", "found", "passages", "with_seed", "decided_alone", "commonest"])
        for report in seed_coverage(texts, codes):
            numbers = [report.n_seeds, len(report.found), report.n_passages, report.n_seeded, report.n_alone]
            writer.writerow([report.language, report.theme, *numbers, "; ".join(list(report.found)[:5])])
    print(f"wrote {path.relative_to(ROOT)}")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="measure on held-out groups instead of training")
    parser.add_argument("--real", action="store_true", help="measure the shipped weights on ../shared alone")
    arguments = parser.parse_args()
    corpus = load_corpus()
    OUT.mkdir(parents=True, exist_ok=True)
    if not arguments.real:
        news = load_corpus(NEWS)
        events = [*corpus, *news]
        materials = [prepare(events, language, ROOT / "data" / "phrasebook") for language in LANGUAGES]
        vectors, made = vectors_of(materials)
        if not arguments.measure:
            learned = learn(materials, *event_targets(events), vectors=vectors, counts=times_of(events))
            ship(learned, {"corpus": corpus.revision, "news": news.revision, **made})
            print(f"learned from {len(events)} events")
            return 0
        scores = {
            "corpus": corpus.revision,
            "news": news.revision,
            "n_events": len(corpus),
            "n_folds": OUTER_FOLDS,
            **made,
        }
        scores |= measure_corpus(materials, events, vectors)
        _write("held-out-groups", scores)
        write_coverage(list(corpus))
    shared = ROOT.parent / "shared"
    if shared.is_dir():
        _write("real-articles", {"corpus": corpus.revision, **measure_shared(shared)})
    return 0


def _write(name: str, scores: dict[str, object]) -> None:
    path = OUT / f"{name}.json"
    path.write_text(json.dumps(scores, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
