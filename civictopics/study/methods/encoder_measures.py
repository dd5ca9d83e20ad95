"""What is measured of an encoder: translations found, themes and topics told, languages told."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from civictopics.encoding.base import Encoder, Vectors
from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.languages import LANGUAGES
from civictopics.study.aligned_texts import AlignedTexts, ParallelTexts, TopicTexts
from civictopics.study.predictions import Predictions

Encode = Callable[[Sequence[str]], Vectors]
ByLanguage = Mapping[str, Vectors]
FEW = 140
_STRENGTH = 10.0


def cross_fitted(
    data: AlignedTexts,
    fit: Callable[[Sequence[AlignedUnit]], Encoder],
    encode: Callable[[Encoder], Encode] | None = None,
) -> Predictions:
    """Return what encoders say of passages of events that they were not trained on; one encoder per fold.

    Parameters
    ----------
    data : AlignedTexts
    fit : callable
        Takes units to an encoder trained on them.
    encode : callable, optional
        Takes an encoder to what encodes with it; its own method by default.

    Returns
    -------
    Predictions
        One row per passage and language. ``hit_LANG``: whether the translation in
        LANG was found first among all of the fold (NaN for the language itself);
        ``few_LANG``: the same among runs of 140 passages (NaN for the rest of a
        fold); ``truth``, ``theme``, ``theme_neutral``: the theme, and what a classifier
        of English training passages says before and after the language was removed;
        ``told``, ``told_neutral``: the language that a classifier tells.
    """
    parts: list[dict[str, Any]] = []
    seconds = []
    for fold in data.folds:
        train = [unit for unit in data.units if data.fold_of.get(unit.group, -1) != fold]
        held = [unit for unit in data.units if unit.kind == "passage" and data.fold_of[unit.group] == fold]
        start = time.perf_counter()
        encoder = fit(train)
        seconds.append(time.perf_counter() - start)
        known = [unit for unit in train if unit.kind == "passage"]
        columns = _fold_columns(encode(encoder) if encode else encoder.encode, known, held)
        parts.append({**columns, "fold": np.full(len(columns["id"]), fold)})
    together = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Predictions(together, {"training_seconds": float(np.mean(seconds))})


def of_topics(data: TopicTexts, tell: Callable[[str], Sequence[str]]) -> Predictions:
    """Return the topics that `tell` gives to the test sentences of a language, one row per sentence and language."""
    columns: dict[str, list[Any]] = defaultdict(list)
    for code in LANGUAGES:
        texts, topics = data.test[code]
        _identify(columns, [f"s{number:04}" for number in range(len(texts))], code)
        columns["truth"] += topics
        columns["topic"] += list(tell(code))
    return Predictions(dict(columns))


def of_parallel(data: ParallelTexts, encode: Encode) -> Predictions:
    """Return for each sentence which translations were found first among all (columns ``hit_LANG``)."""
    columns: dict[str, list[Any]] = defaultdict(list)
    vectors = {code: encode(texts) for code, texts in data.texts.items()}
    for code in LANGUAGES:
        _identify(columns, [f"s{number:04}" for number in range(len(vectors[code]))], code)
    return Predictions({**columns, **_hits(vectors, "hit")})


def zero_shot(data: TopicTexts, encode: Encode) -> Predictions:
    """Learn topics from English sentences and tell those of every language."""
    texts, topics = data.train["en"]
    model = _classifier(encode(texts), topics)
    return of_topics(data, lambda code: model.predict(encode(data.test[code][0])).tolist())


def _fold_columns(encode: Encode, known: Sequence[AlignedUnit], held: Sequence[AlignedUnit]) -> dict[str, Any]:
    columns: dict[str, list[Any]] = defaultdict(list)
    met: Counter[str] = Counter()
    names = []
    for unit in held:
        names.append(f"{unit.group}.{met[unit.group]:02}")
        met[unit.group] += 1
    for code in LANGUAGES:
        _identify(columns, names, code, [unit.group for unit in held])
    vectors = {code: encode([unit.texts[code][0] for unit in held]) for code in LANGUAGES}
    english = encode([unit.texts["en"][0] for unit in known])
    themes, truth = [unit.theme for unit in known], [unit.theme for unit in held]
    model = _classifier(english, themes)
    return {
        **columns,
        "truth": np.tile(truth, len(LANGUAGES)),
        "theme": np.concatenate([model.predict(vectors[code]) for code in LANGUAGES]),
        **_hits(vectors, "hit"),
        **_hits_among_few(vectors),
        **_without_language(vectors, [unit.group for unit in held], english, themes),
    }


def _identify(columns: dict[str, list[Any]], names: Sequence[str], code: str, groups: Sequence[str] = ()) -> None:
    columns["id"] += [f"{name}.{code}" for name in names]
    columns["group"] += groups or names
    columns["lang"] += [code] * len(names)


def _hits(vectors: ByLanguage, prefix: str) -> dict[str, NDArray[np.float64]]:
    """Return whether the translation into each language is the nearest of all; the rows of each language in turn."""
    right = np.arange(len(vectors["en"]))

    def hits(source: str, target: str) -> NDArray[np.float64]:
        if source == target:
            return np.full(len(right), np.nan)
        found: NDArray[np.float64] = ((vectors[source] @ vectors[target].T).argmax(axis=1) == right).astype(float)
        return found

    return {f"{prefix}_{target}": np.concatenate([hits(code, target) for code in LANGUAGES]) for target in LANGUAGES}


def _hits_among_few(vectors: ByLanguage) -> dict[str, NDArray[np.float64]]:
    """Return the hits among runs of 140; NaN for what is left at the end."""
    count = len(vectors["en"])
    found = {f"few_{code}": np.full((len(LANGUAGES), count), np.nan) for code in LANGUAGES}
    for start in range(0, count - FEW + 1, FEW):
        run = {code: rows[start : start + FEW] for code, rows in vectors.items()}
        for name, hits in _hits(run, "few").items():
            found[name][:, start : start + FEW] = hits.reshape(len(LANGUAGES), FEW)
    return {name: hits.ravel() for name, hits in found.items()}


def _without_language(
    vectors: ByLanguage, groups: Sequence[str], english: Vectors, themes: Sequence[str]
) -> dict[str, NDArray[Any]]:
    """Return what is told of held-out passages before and after their language is removed.

    The held-out groups are halved; neutraliser and classifier of the language learn
    on one half and are tried on the other: none of these texts trained the encoder,
    as with the texts of a user.
    """
    from civictopics.encoding.neutralizer import LanguageNeutralizer

    order = {group: place for place, group in enumerate(sorted(set(groups)))}
    half = np.array([order[group] % 2 for group in groups])
    shape = (len(LANGUAGES), len(groups))
    found = {name: np.empty(shape, dtype="U32") for name in ("told", "told_neutral", "theme_neutral")}
    for part in (0, 1):
        learn, tell = np.flatnonzero(half != part), np.flatnonzero(half == part)
        languages = [code for code in LANGUAGES for _ in learn]
        plain = np.concatenate([vectors[code][learn] for code in LANGUAGES])
        neutralizer = LanguageNeutralizer().fit(plain, languages=languages)
        before = _classifier(plain, languages)
        after = _classifier(neutralizer.transform(plain, languages=languages), languages)
        subject = _classifier(neutralizer.transform(english, languages=["en"] * len(english)), themes)
        for row, code in enumerate(LANGUAGES):
            moved = neutralizer.transform(vectors[code][tell], languages=[code] * len(tell))
            found["told"][row, tell] = before.predict(vectors[code][tell])
            found["told_neutral"][row, tell] = after.predict(moved)
            found["theme_neutral"][row, tell] = subject.predict(moved)
    return {name: values.ravel() for name, values in found.items()}


def _classifier(vectors: Vectors, labels: Sequence[str] | NDArray[Any]) -> Any:  # noqa: ANN401 - without types
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=_STRENGTH, max_iter=1000).fit(vectors, labels)
