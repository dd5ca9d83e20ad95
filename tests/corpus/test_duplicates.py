import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from civictopics import read_corpus
from civictopics.corpus.minhash import PERMUTATIONS, band_keys, candidate_pairs, jaccard, shingles, signature
from tests.conftest import RUSSIAN, SWEDISH

Writer = Callable[..., Path]


def words(seed: int, count: int = 300) -> list[str]:
    generator = random.Random(seed)
    return [f"w{generator.randrange(5000)}" for _ in range(count)]


def edited(text: list[str], share: float, seed: int) -> list[str]:
    generator = random.Random(seed)
    return [f"n{generator.randrange(10**6)}" if generator.random() < share else word for word in text]


def test_signatures_estimate_jaccard_without_bias() -> None:
    errors = []
    for seed in range(200):
        first = shingles(words(seed))
        second = shingles(edited(words(seed), 0.04, seed + 1))
        true = jaccard(first, second)
        estimate = float((signature(first) == signature(second)).mean())
        errors.append((estimate - true) / np.sqrt(true * (1 - true) / PERMUTATIONS))
    assert abs(np.mean(errors)) < 0.25
    assert 0.8 < np.std(errors) < 1.2  # a family of functions that move together fails here


def test_near_duplicates_are_found_and_others_are_not() -> None:
    originals = [words(seed) for seed in range(150)]
    copies = [edited(text, 0.05, 1000 + i) for i, text in enumerate(originals)]
    sets = [shingles(text) for text in originals + copies]
    pairs = set(candidate_pairs(np.array([band_keys(signature(s)) for s in sets])))
    alike = {(i, i + 150) for i in range(150) if jaccard(sets[i], sets[i + 150]) >= 0.7}
    assert len(alike) > 100
    assert len(alike & pairs) >= 0.97 * len(alike)
    assert len(pairs - {(i, i + 150) for i in range(150)}) < 5


def test_a_corpus_of_copies_costs_linear_time() -> None:
    keys = np.zeros((3000, 25), dtype=np.uint64)
    assert sum(1 for _ in candidate_pairs(keys)) < 3000 * 42 * 25


def test_copies_go_and_translations_stay(write_jsonl: Writer) -> None:
    near = SWEDISH.replace("14 nya", "15 nya")
    corpus = read_corpus(
        write_jsonl(
            {"id": "a", "text": SWEDISH * 3},
            {"id": "same", "text": SWEDISH.upper() * 3},
            {"id": "near", "text": SWEDISH * 2 + near},
            {"id": "ru", "text": RUSSIAN},
        )
    )
    assert [article.id for article in corpus] == ["a", "ru"]
    assert [(row.id, row.reason.split(":")[0]) for row in corpus.dropped] == [
        ("same", "duplicate of a"),
        ("near", "duplicate of a"),
    ]


def test_every_reason_names_an_article_that_is_kept(write_jsonl: Writer) -> None:
    texts = [words(1)]
    for i in range(8):
        texts.append(edited(texts[-1], 0.03, i))
    corpus = read_corpus(
        write_jsonl(*({"id": f"a{i}", "lang": "en", "text": " ".join(t)} for i, t in enumerate(texts)))
    )
    kept = {article.id for article in corpus}
    assert {row.reason.split(":")[0].removeprefix("duplicate of ") for row in corpus.dropped} <= kept
    assert len(corpus) + len(corpus.dropped) == 9


@pytest.mark.parametrize(
    ("records", "groups"),
    [
        ([{"id": "a", "group": "g"}, {"id": "b", "group": "g"}, {"id": "c"}], ["g", "g", "c"]),
        (
            [
                {"id": "a", "url": "https://x.vn/1.html"},
                {"id": "b", "url": "http://www.x.vn/1.html?a=1"},
                {"id": "c", "url": "https://x.vn/"},
            ],
            ["a", "a", "c"],
        ),
        (
            [{"id": "a", "url": "https://x.vn/1"}, {"id": "b", "url": "https://x.vn/1", "group": "g"}, {"id": "c"}],
            ["g", "g", "c"],
        ),
        ([{"id": "a", "group": "b"}, {"id": "b"}, {"id": "c"}], ["b", "b (alone)", "c"]),
    ],
)
def test_groups(write_jsonl: Writer, records: list[dict[str, str]], groups: list[str]) -> None:
    texts = [SWEDISH, RUSSIAN, " ".join(words(3))]
    corpus = read_corpus(write_jsonl(*({**r, "text": t} for r, t in zip(records, texts, strict=True))))
    assert [article.group for article in corpus] == groups
