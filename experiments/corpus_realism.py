"""How far the reference corpus is from real articles: writes ``results/corpus-realism.json`` and fills the datasheet.

Compares Vietnamese passages of the corpus with those of real articles in
``../shared/real_vi``; without that folder it says so and does nothing.
"""

import json
import re
import sys
from itertools import pairwise
from pathlib import Path
from statistics import quantiles

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from civictopics import load_corpus
from civictopics.corpus.passages import split_passages
from civictopics.languages.matching import split_words
from experiments.describe_corpus import fill

ROOT = Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "real_vi"
RESULT = ROOT / "results" / "corpus-realism.json"
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)")


def told_apart(written: list[tuple[str, str]], real: list[tuple[str, str]]) -> dict[str, float]:
    """Return how well a classifier tells written passages from real ones, by article, five folds.

    Digits become 0, so that years and figures do not decide; passages of (group, text).
    """
    texts = [re.sub(r"\d", "0", text) for _, text in written + real]
    labels = np.array([0] * len(written) + [1] * len(real))
    groups = np.array([group for group, _ in written + real])
    model = make_pipeline(
        TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2), token_pattern=r"\w+|[^\w\s]"),
        LogisticRegression(C=10, class_weight="balanced", max_iter=2000),
    )
    scores = cross_val_predict(model, texts, labels, groups=groups, cv=GroupKFold(5), method="decision_function")
    model.fit(texts, labels)
    weights = model[-1].coef_[0]
    names = model[0].get_feature_names_out()
    order = np.argsort(weights)
    return {
        "balanced_accuracy": round(float(balanced_accuracy_score(labels, scores > 0)), 4),
        "auc": round(float(roc_auc_score(labels, scores)), 4),
        "tells_written": [str(names[i]) for i in order[:30]],
        "tells_real": [str(names[i]) for i in order[::-1][:30]],
    }


def sentence_lengths(texts: list[str]) -> list[float]:
    """Return the quartiles of the words in a sentence."""
    lengths = [len(s.split()) for text in texts for s in _SENTENCE.split(text) if s.strip()]
    return [round(value, 1) for value in quantiles(lengths, n=4)]


def coverage(vocabulary: set[str], texts: list[str]) -> float:
    """Return the share of words of `texts` that `vocabulary` holds."""
    words = [word for text in texts for word in split_words(text)]
    return round(sum(word in vocabulary for word in words) / len(words), 4)


def measure() -> dict[str, object]:
    """Return all comparisons."""
    corpus = load_corpus()
    records = [json.loads(line) for line in (REAL / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    ours = [(event.group, f"{event.title['vi']}\n{event.text('vi')}") for event in corpus]
    theirs = [(r["id"], f"{r['title']}\n{r['text']}") for r in records]
    core = [f"{r['title']}\n{r['text']}" for r in records if r["themes"]]
    vocabulary = {word for _, text in ours for word in split_words(text)}
    pairs = {word for _, text in ours for word in _pairs(text)}
    written = [(group, passage) for group, text in ours for passage in split_passages(text)]
    real = [(group, passage) for group, text in theirs for passage in split_passages(text)]
    return {
        "corpus_revision": corpus.revision,
        "real_articles": len(records),
        "real_articles_with_a_theme": len(core),
        "vocabulary_coverage": coverage(vocabulary, [text for _, text in theirs]),
        "vocabulary_coverage_with_a_theme": coverage(vocabulary, core),
        "word_pair_coverage_with_a_theme": round(
            float(np.mean([pair in pairs for text in core for pair in _pairs(text)])), 4
        ),
        "sentence_words_quartiles": {
            "written": sentence_lengths([text for _, text in ours]),
            "real": sentence_lengths([text for _, text in theirs]),
        },
        "article_words_quartiles": {
            "written": [round(v, 1) for v in quantiles([len(t.split()) for _, t in ours], n=4)],
            "real_cut_at_3000_characters": [round(v, 1) for v in quantiles([len(t.split()) for _, t in theirs], n=4)],
        },
        "told_apart": told_apart(written, real),
    }


def _pairs(text: str) -> list[tuple[str, str]]:
    words = split_words(text)
    return list(pairwise(words))


def as_text(found: dict[str, object]) -> str:
    """Return the comparisons as the datasheet tells them."""
    sentences, articles, apart = (
        found["sentence_words_quartiles"],
        found["article_words_quartiles"],
        found["told_apart"],
    )
    assert isinstance(sentences, dict)
    assert isinstance(articles, dict)
    assert isinstance(apart, dict)

    def row(name: str, values: list[float]) -> str:
        return f"| {name} | " + " | ".join(f"{value:g}" for value in values) + " |"

    return "\n".join(
        [
            f"Measured against {found['real_articles']} real Vietnamese articles that may not be redistributed "
            "(`results/corpus-realism.json`):",
            "",
            f"- The corpus knows {found['vocabulary_coverage_with_a_theme']:.1%} of the words (syllables) of the "
            f"{found['real_articles_with_a_theme']} real articles with one of the four themes, "
            f"{found['word_pair_coverage_with_a_theme']:.1%} of their word pairs, "
            f"and {found['vocabulary_coverage']:.1%} of the words of all.",
            f"- A classifier tells written passages from real ones with a balanced accuracy of "
            f"{apart['balanced_accuracy']:.3f} (area under the curve {apart['auc']:.3f}; 0.5 would be no difference).",
            "",
            "| quartiles | 25 % | 50 % | 75 % |",
            "|---|---:|---:|---:|",
            row("words in a sentence, written", sentences["written"]),
            row("words in a sentence, real", sentences["real"]),
            row("words in an article, written", articles["written"]),
            row("words in an article, real (cut at 3,000 characters)", articles["real_cut_at_3000_characters"]),
        ]
    )


def main() -> None:
    """Measure, and write the result and the datasheet."""
    if not REAL.is_dir():
        sys.exit("the folder ../shared/real_vi is not here: nothing to compare with")
    found = measure()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    sheet = ROOT / "data" / "README.md"
    sheet.write_text(fill(sheet.read_text(encoding="utf-8"), {"realism": as_text(found)}), encoding="utf-8")
    print(as_text(found))


if __name__ == "__main__":
    main()
