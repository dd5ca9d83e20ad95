"""Measure the taggers by groups, then build the shipped ones with their cards (the part `models`)."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from civictopics import load_corpus
from civictopics.corpus.passages import split_passages
from civictopics.corpus.records import Article
from civictopics.encoding.loading import load_encoder
from civictopics.evaluation.agreement import pair_agreement
from civictopics.evaluation.bootstrap import Method, bootstrap_interval
from civictopics.evaluation.calibration import calibration_score
from civictopics.evaluation.classification import accuracy, macro_f1, macro_f1_flags, mean_score
from civictopics.evaluation.leaks import leak_check
from civictopics.evaluation.scores import Score
from civictopics.evaluation.selective import risk_coverage
from civictopics.evaluation.splits import grouped_splits
from civictopics.languages import LANGUAGES
from civictopics.tagging import building
from civictopics.tagging.cards import model_card
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.features import FeatureSettings
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.methods import METHODS, NEED_VECTORS
from civictopics.tagging.openings import load_openings
from civictopics.tagging.store import shipped_models
from civictopics.tagging.theme_features import PASSAGE_THEMES, PassageArticle
from civictopics.tagging.theme_flags import ThemeFlagTagger
from civictopics.themes.guided import GUIDED_THEMES

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results"
REAL = ROOT.parent / "shared" / "real_vi" / "dev.jsonl"
_RESAMPLES = 2000
_COMMON = 5
Scores = dict[str, dict[str, float]]
ABLATIONS = {
    "all": {},
    "without the headline": {"cues": (0.0, 0.7, 0.3, 0.15, 1.0, 0.7), "ngrams": (0.0, 2.0, 0.0, 3.0)},
    "without the event's sentence": {"cues": (1.0, 0.7, 0.3, 0.15, 0.0, 0.0), "ngrams": (2.0, 2.0, 0.0, 0.0)},
    "without cues and terms": {"cues": (0.0,) * 6, "pairs": 0.0},
    "without n-grams": {"ngrams": (0.0,) * 4},
    "without pairs of cues": {"pairs": 0.0},
    "without where and how the event is told": {"shape": 0.0},
    "with vectors of headline and lead": {"vectors": 1.0, "vector_width": 512},
    "the tail as strong as the lead": {"cues": (1.0, 0.7, 0.7, 0.7, 1.0, 0.7), "ngrams": (2.0, 2.0, 2.0, 3.0)},
}


def main() -> None:
    """Do the parts that the command line names; all of them without one, the models last."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = sorted(set(wanted) - set(PARTS))
    if unknown:
        sys.exit(f"no part {unknown[0]!r}; there are: {', '.join(PARTS)}")
    for name in wanted:
        PARTS[name]()


def build() -> None:
    """Write the shipped model folders, their cards filled in from result files, and check them by their probes."""
    corpus = load_corpus()
    home = ROOT / "civictopics" / "pretrained"
    for task, make in (("meeting-type", building.build_meeting_types), ("theme-flags", building.build_theme_flags)):
        card = model_card(task, _read(task, "combination"), _read(task, "real-articles"))
        make(corpus, home / task, card)
        print(task, building.verify_model(shipped_models()[task], task), "probes reproduced")


def measure_methods() -> None:
    """Compare the methods by grouped cross-validation; rivals already measured on this corpus are kept."""
    articles, truth = _labelled()
    vectors = _vectors(articles)
    for name in METHODS:
        kept = _read("meeting-type", name)
        if name != "combination" and kept and kept["corpus"] == load_corpus().revision:
            print("meeting-type", name, "kept")
            continue
        started = time.perf_counter()
        chances = _out_of_fold(name, articles, truth, vectors)
        write("meeting-type", name, articles, meeting_scores(articles, truth, chances), time.perf_counter() - started)


def _labelled() -> tuple[list[Article], np.ndarray]:
    articles = load_corpus().articles()
    return articles, np.array([article.labels["meeting_type"] for article in articles])


def _out_of_fold(name: str, articles: list[Article], truth: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    groups = [article.group for article in articles]
    chances = np.zeros((len(articles), len(MEETING_TYPES)))
    for train, test in grouped_splits(groups, truth):
        texts = [article.text for article in articles]
        leak_check(
            *([groups[row] for row in rows] for rows in (train, test)), *([texts[r] for r in s] for s in (train, test))
        )
        chances[test] = _trained(name, articles, train, vectors)([articles[row] for row in test], vectors[test])
    return chances


def _trained(
    name: str, articles: list[Article], rows: Sequence[int], vectors: np.ndarray
) -> Callable[[list[Article], np.ndarray], np.ndarray]:
    chosen = [articles[row] for row in rows]
    if name == "combination":
        model: Any = building.train_meeting_types(chosen, load_openings())
    else:
        model = METHODS[name]()
        labels = [article.labels["meeting_type"] for article in chosen]
        if name == "keyword-rules":
            model.fit([])
        else:
            given = {"embeddings": vectors[rows]} if name in NEED_VECTORS else {}
            model.fit([a.text for a in chosen], labels, [a.title for a in chosen], [a.lang for a in chosen], **given)

    def predict(others: list[Article], of_others: np.ndarray) -> np.ndarray:
        given = {"embeddings": of_others} if name in NEED_VECTORS else {}
        columns = ([a.text for a in others], [a.title for a in others], [a.lang for a in others])
        found = model.predict_proba(*columns, **given)
        chances = np.zeros((len(others), len(MEETING_TYPES)))
        chances[:, [MEETING_TYPES.index(label) for label in model.classes_]] = found
        return chances

    return predict


def meeting_scores(articles: list[Article], truth: np.ndarray, chances: np.ndarray) -> Scores:
    """Return all scores of a method, with intervals over groups."""
    groups = [article.group for article in articles]
    languages = np.array([article.lang for article in articles])
    said = np.array(MEETING_TYPES)[chances.argmax(axis=1)]
    sure, right = chances.max(axis=1), (said == truth).astype(float)
    common = [kind for kind in MEETING_TYPES if (truth == kind).sum() >= _COMMON]
    seen = np.isin(truth, common)
    scores = {"accuracy": interval(accuracy(truth, said), groups)}
    scores["macro-F1"] = interval(macro_f1(truth, said), groups)
    scores[f"macro-F1, types with {_COMMON} or more"] = interval(_f1_of(truth, said, common), groups)
    for code in dict.fromkeys(languages.tolist()):
        rows = languages == code
        own = [group for group, chosen in zip(groups, rows, strict=True) if chosen]
        scores[f"accuracy, {code}"] = interval(accuracy(truth[rows], said[rows]), own)
    if len(set(languages.tolist())) > 1:
        pairs = pair_agreement(said, groups, languages, order=LANGUAGES, n_resamples=_RESAMPLES)
        scores["same tag in two languages, mean of pairs"] = {
            "value": float(np.mean([p.agreement.value for p in pairs]))
        }
        scores["same tag in two languages, lowest pair"] = {"value": min(p.agreement.value for p in pairs)}
    scores["calibration error"] = interval(calibration_score(sure, right, n_bins=10), groups, "percentile")
    curve = risk_coverage(sure, right)
    at = int(np.ceil(0.7 * len(sure))) - 1
    scores["accuracy on the surest 70 %"] = {"value": float(1.0 - curve.risk[at])}
    scores["coverage at a risk of 0.08"] = {"value": curve.coverage_at(0.08)}
    scores["share of common types"] = {"value": float(seen.mean())}
    return scores


def _f1_of(truth: np.ndarray, said: np.ndarray, labels: list[str]) -> Score:
    """Return the macro-F1 of some labels; what is said beside them counts as a miss."""
    named = np.isin(truth, labels)
    flags = [np.stack([column == label for label in labels], axis=1) for column in (truth, said)]
    return macro_f1_flags(flags[0], flags[1]) if named.any() else mean_score(np.zeros(len(truth)))


def measure_naive_split() -> None:
    """Show what a split by article, with translations on both sides, would have claimed."""
    articles, truth = _labelled()
    order = np.random.default_rng(0).permutation(len(articles))
    folds = np.empty(len(articles), dtype=int)
    folds[order] = np.arange(len(articles)) % 5
    found = {}
    for name in ("ngram-logistic", "combination"):
        chances = np.zeros((len(articles), len(MEETING_TYPES)))
        for fold in range(5):
            train, test = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
            predict = _trained(name, articles, train, np.zeros((len(articles), 0)))
            chances[test] = predict([articles[row] for row in test], np.zeros((len(test), 0)))
        said = np.array(MEETING_TYPES)[chances.argmax(axis=1)]
        found[f"accuracy, {name}"] = interval(accuracy(truth, said), [article.group for article in articles])
    write("meeting-type", "naive-split", articles, found, 0.0)


def measure_ablation() -> None:
    """Leave blocks of features out, or add one, and measure by groups."""
    articles, truth = _labelled()
    vectors = _vectors(articles)
    groups, openings = [article.group for article in articles], load_openings()
    scores: Scores = {}
    for name, change in ABLATIONS.items():
        settings = replace(building.SETTINGS, **change)
        said = np.empty(len(articles), dtype=object)
        for train, test in grouped_splits(groups, truth):
            model = _ablated([articles[row] for row in train], openings, settings, vectors[train])
            others = [articles[row] for row in test]
            columns = ([a.text for a in others], [a.title for a in others], [a.lang for a in others])
            said[test] = model.predict(*columns, embeddings=vectors[test] if settings.vector_width else None)
        scores[name] = interval(accuracy(truth, said.astype(str)), groups)
        print(name, round(scores[name]["value"], 3))
    write("meeting-type", "ablation", articles, scores, 0.0)


def _ablated(
    chosen: list[Article], openings: Sequence[Any], settings: FeatureSettings, vectors: np.ndarray
) -> CombinationTagger:
    if not settings.vector_width:
        return building.train_meeting_types(chosen, openings, settings, calibrated=False)
    invented = [(opening.title, opening.text) for opening in openings]
    return building.train_meeting_types(
        chosen, openings, settings, calibrated=False, vectors=np.vstack([vectors, _encoded(invented)])
    )


def measure_real_articles() -> None:
    """Measure the tagger trained on the whole corpus on real articles, where they are at hand."""
    if not REAL.is_file():
        return
    records = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    articles = [
        Article(r["id"], "", r["id"], "vi", 1.0, "", r["title"], r["text"], "", {"meeting_type": r["meeting_type"]})
        for r in records
    ]
    truth = np.array([record["meeting_type"] for record in records])
    corpus = load_corpus().articles()
    rows = np.arange(len(corpus))
    for name in ("keyword-rules", "ngram-logistic", "combination"):
        predict = _trained(name, corpus, rows, np.zeros((len(corpus), 0)))
        scores = meeting_scores(articles, truth, predict(articles, np.zeros((len(articles), 0))))
        write(
            "meeting-type", "real-articles" if name == "combination" else f"real-articles-{name}", articles, scores, 0.0
        )


def measure_across_languages() -> None:
    """Train on one language or on four, and test on each by groups."""
    articles = load_corpus().articles()
    truth = np.array([article.labels["meeting_type"] for article in articles])
    languages = np.array([article.lang for article in articles])
    groups, openings = [article.group for article in articles], load_openings()
    kinds = {f"only {code}": languages == code for code in LANGUAGES}
    kinds |= {f"without {code}": languages != code for code in LANGUAGES} | {"all": languages != ""}
    for name, allowed in kinds.items():
        said = np.empty(len(articles), dtype=object)
        extra = openings if "vi" in set(languages[allowed].tolist()) else []
        for train, test in grouped_splits(groups, truth):
            model = building.train_meeting_types(
                [articles[row] for row in train if allowed[row]], extra, calibrated=False
            )
            others = [articles[row] for row in test]
            said[test] = model.predict([a.text for a in others], [a.title for a in others], [a.lang for a in others])
        found = said.astype(str)
        scores = {
            f"accuracy, {code}": interval(
                accuracy(truth[languages == code], found[languages == code]),
                [g for g, at in zip(groups, languages, strict=True) if at == code],
            )
            for code in LANGUAGES
        }
        write("cross-lingual", name.replace(" ", "-"), articles, scores, 0.0)


def measure_theme_flags() -> None:
    """Measure passages and article flags by grouped cross-validation, and the flags on real articles."""
    events = list(load_corpus())
    kinds = [event.main_theme for event in events]
    right: dict[str, list[float]] = {code: [] for code in LANGUAGES}
    of_passage: list[str] = []
    truth, said = np.zeros((len(events), 5, 4), bool), np.zeros((len(events), 5, 4), bool)
    for train, test in grouped_splits([event.group for event in events], kinds):
        model = building.train_theme_flags([events[row] for row in train])
        for row in test:
            articles = building.passage_articles(events[row])
            themes = [PASSAGE_THEMES.index(passage.theme) for passage in events[row].passages]
            for article, chances in zip(articles, model.predict_passages(articles), strict=True):
                right[article.language] += (chances.argmax(axis=1) == themes).astype(float).tolist()
            of_passage += [events[row].group] * len(themes)
            truth[row] = [theme in events[row].themes for theme in GUIDED_THEMES]
            said[row] = [[theme in found for theme in GUIDED_THEMES] for found in model.predict(articles)]
    scores = {f"passage accuracy, {code}": interval(mean_score(right[code]), of_passage) for code in LANGUAGES}
    groups = [event.group for event in events]
    for number, code in enumerate(LANGUAGES):
        scores[f"macro-F1 of flags, {code}"] = interval(macro_f1_flags(truth[:, number], said[:, number]), groups)
    write("theme-flags", "combination", load_corpus().articles(), scores, 0.0)
    if REAL.is_file():
        measure_real_flags(building.train_theme_flags(events))


def measure_real_flags(model: ThemeFlagTagger) -> None:
    """Measure article flags on real articles."""
    records = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines()]
    articles = [PassageArticle(split_passages(r["text"]), r["title"], "vi") for r in records]
    truth = np.array([[theme in r["themes"] for theme in GUIDED_THEMES] for r in records])
    said = np.array([[theme in found for theme in GUIDED_THEMES] for found in model.predict(articles)])
    names = [record["id"] for record in records]
    write(
        "theme-flags", "real-articles", names, {"macro-F1 of flags": interval(macro_f1_flags(truth, said), names)}, 0.0
    )


def interval(score: Score, groups: Sequence[str], method: Method = "bca") -> dict[str, float]:
    """Return a score with its interval, as plain numbers."""
    found = asdict(bootstrap_interval(score, groups, method=method, n_resamples=_RESAMPLES))
    return {name: round(found[name], 4) for name in ("value", "low", "high")}


def write(folder: str, name: str, articles: Sequence[Any], scores: Scores, seconds: float) -> None:
    """Write one result file."""
    groups = {getattr(article, "group", article) for article in articles}
    content = {
        "method": name,
        "corpus": load_corpus().revision,
        "articles": len(articles),
        "groups": len(groups),
        "folds": 5,
        "resamples": _RESAMPLES,
        "scores": {key: {part: round(number, 4) for part, number in value.items()} for key, value in scores.items()},
    }
    path = RESULTS / folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(
        folder,
        name,
        f"{seconds:.0f} s",
        {key: round(value["value"], 3) for key, value in list(scores.items())[:3]},
        flush=True,
    )


def _vectors(articles: list[Article]) -> np.ndarray:
    return _encoded([(article.title, article.text) for article in articles])


def _encoded(parts: Sequence[tuple[str, str]]) -> np.ndarray:
    encoder = load_encoder()
    leads = [" ".join(text.split()[:80]) for _, text in parts]
    return np.hstack([encoder.encode([title or "-" for title, _ in parts]), encoder.encode(leads)])


def _read(folder: str, name: str) -> dict[str, Any] | None:
    path = RESULTS / folder / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


PARTS: dict[str, Callable[[], None]] = {
    "methods": measure_methods,
    "naive-split": measure_naive_split,
    "ablation": measure_ablation,
    "real-articles": measure_real_articles,
    "languages": measure_across_languages,
    "themes": measure_theme_flags,
    "models": build,
}

if __name__ == "__main__":
    main()
