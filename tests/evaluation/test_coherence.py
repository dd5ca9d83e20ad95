"""Coherence equals a plain count, and gensim where that is asked for; it is fast."""

import time
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from civictopics.errors import InputError, UsageError
from civictopics.evaluation.coherence import WINDOWS, Measure, Variant, topic_coherence
from civictopics.evaluation.diversity import exclusivity, topic_diversity

Topics = list[list[str]]
MEASURES: list[Measure] = ["c_npmi", "c_v"]


def made_up(seed: int, n_texts: int = 60) -> tuple[Topics, Topics]:
    random = np.random.default_rng(seed)
    vocabulary = [f"w{i}" for i in range(40)]
    weights = 1 / np.arange(1, 41)
    texts = [
        random.choice(vocabulary, random.integers(0, 60), p=weights / weights.sum()).tolist() for _ in range(n_texts)
    ]
    return [random.choice(vocabulary, 6, replace=False).tolist() for _ in range(8)], texts


def plain(topics: Topics, texts: Topics, measure: Measure, width: int, variant: Variant) -> list[float]:
    """Go through all windows one by one, as the definition says, or as gensim does."""
    windows: list[set[str]] = []
    for text in texts:
        held: set[str] = set()
        for start in range(max(1, len(text) - width + 1)):
            inside = text[start : start + width]
            held = set(inside) if variant == "exact" or start == 0 else held - {text[start - 1]} | {inside[-1]}
            windows.append(held)
    found = []
    for topic in topics:
        words = [word for word in topic if any(word in text for text in texts)]
        npmi = np.zeros((len(words), len(words)))
        for i, a in enumerate(words):
            for j, b in enumerate(words):
                p_a, p_b = (sum(w in window for window in windows) / len(windows) for w in (a, b))
                joint = sum(a in window and b in window for window in windows) / len(windows) + 1e-12
                npmi[i, j] = np.log(joint / (p_a * p_b)) / -np.log(joint)
        if measure == "c_npmi":
            found.append(float(np.mean([npmi[i, j] for i, j in combinations(range(len(words)), 2)])))
        else:
            whole = npmi.sum(axis=0)
            found.append(float(np.mean([v @ whole / np.linalg.norm(v) / np.linalg.norm(whole) for v in npmi])))
    return found


@pytest.mark.parametrize("variant", ["exact", "gensim"])
@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("width", [1, 5, 10, 110])
def test_a_plain_count_gives_the_same(measure: Measure, variant: Variant, width: int) -> None:
    topics, texts = made_up(width)
    found = topic_coherence(topics, texts, measure=measure, variant=variant, window=width)
    assert found == pytest.approx(plain(topics, texts, measure, width, variant), abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_gensim_gives_the_same(measure: Measure) -> None:
    models = pytest.importorskip("gensim.models")
    dictionary_class = pytest.importorskip("gensim.corpora").Dictionary
    for seed in range(3):
        topics, texts = made_up(seed)
        theirs = models.CoherenceModel(
            topics=topics, texts=texts, dictionary=dictionary_class(texts), coherence=measure, processes=1
        ).get_coherence_per_topic()
        assert topic_coherence(topics, texts, measure=measure, variant="gensim") == pytest.approx(theirs, abs=1e-9)


def test_what_the_sliding_window_of_gensim_forgets() -> None:
    # in windows of 4: a b a x / b a x y / a x y z; the oldest a leaves after the first window, the other is inside
    texts = [["a", "b", "a", "x", "y", "z"]]
    exact = topic_coherence([["a", "x"]], texts, window=4)[0]
    theirs = topic_coherence([["a", "x"]], texts, window=4, variant="gensim")[0]
    assert exact == pytest.approx(plain([["a", "x"]], texts, "c_npmi", 4, "exact")[0])
    assert exact != pytest.approx(theirs, abs=0.1)


def bbc(shared: Path) -> Topics:
    lines = (shared / "benchmarks" / "octis" / "bbc_news.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0].split() for line in lines]


def frequent_topics(texts: Topics, n_topics: int = 20, n_words: int = 10) -> Topics:
    words, counts = np.unique([word for text in texts for word in text], return_counts=True)
    frequent = words[np.argsort(-counts, kind="stable")][:400]
    random = np.random.default_rng(0)
    return [random.choice(frequent, n_words, replace=False).tolist() for _ in range(n_topics)]


def test_the_variants_differ_on_news(shared: Path) -> None:
    texts = bbc(shared)
    topics = frequent_topics(texts)
    for measure in MEASURES:
        exact = topic_coherence(topics, texts, measure=measure)
        theirs = topic_coherence(topics, texts, measure=measure, variant="gensim")
        assert np.abs(exact - theirs).max() > 0.003


@pytest.mark.slow
@pytest.mark.parametrize(("measure", "times"), [("c_npmi", 20), ("c_v", 10)])
def test_faster_than_gensim_on_bbc_news(shared: Path, measure: Measure, times: int) -> None:
    models = pytest.importorskip("gensim.models")
    dictionary_class = pytest.importorskip("gensim.corpora").Dictionary
    texts = bbc(shared)
    topics, dictionary = frequent_topics(texts), dictionary_class(texts)
    start = time.process_time()
    theirs = models.CoherenceModel(
        topics=topics, texts=texts, dictionary=dictionary, coherence=measure, processes=1
    ).get_coherence_per_topic()
    seconds_of_theirs = time.process_time() - start
    seconds_of_ours = []
    for _ in range(3):
        start = time.process_time()
        ours = topic_coherence(topics, texts, measure=measure, variant="gensim")
        seconds_of_ours.append(time.process_time() - start)
    assert ours == pytest.approx(theirs, abs=1e-9)
    assert seconds_of_theirs / min(seconds_of_ours) > times


def test_words_that_do_not_occur() -> None:
    topics, texts = made_up(0)
    with_unknown = [[*topic, "unknown"] for topic in topics]
    assert topic_coherence(with_unknown, texts) == pytest.approx(topic_coherence(topics, texts))
    assert np.isnan(topic_coherence([["w1", "unknown"]], texts)[0])
    assert np.isnan(topic_coherence([[]], texts)[0])


def test_errors() -> None:
    with pytest.raises(InputError, match="topic 1 has the word 'b' twice"):
        topic_coherence([["a"], ["b", "b"]], [["a"]])
    with pytest.raises(InputError, match="topic 0 is a text"):
        topic_coherence(["ab"], [["a"]])
    with pytest.raises(InputError, match="no text"):
        topic_coherence([["a", "b"]], [])
    with pytest.raises(UsageError, match="choose one of c_npmi, c_v"):
        topic_coherence([["a", "b"]], [["a"]], measure="u_mass")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="choose exact or gensim"):
        topic_coherence([["a", "b"]], [["a"]], variant="fast")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="a window of 0 words"):
        topic_coherence([["a", "b"]], [["a"]], window=0)
    assert WINDOWS == {"c_npmi": 10, "c_v": 110}


def test_diversity_and_exclusivity() -> None:
    assert topic_diversity([["a", "b"], ["c", "d"]]) == 1.0
    assert topic_diversity([["a", "b"], ["a", "b"]]) == 0.5
    assert topic_diversity([["a", "x"], ["b", "x"]], n_words=1) == 1.0
    assert exclusivity([[1, 1, 0, 0], [0, 0, 2, 2]], n_words=2).tolist() == [1.0, 1.0]
    assert exclusivity([[1, 1], [3, 3], [2, 2]]).tolist() == pytest.approx([1 / 3] * 3)
    with pytest.raises(InputError, match="negative"):
        exclusivity([[-1.0, 2.0]])
    with pytest.raises(InputError, match="no topic"):
        topic_diversity([[]])
