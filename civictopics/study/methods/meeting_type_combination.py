"""The combination of cues, n-grams and where the event is told; whole, in parts, and learnt from some languages."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from civictopics.corpus.records import Article
from civictopics.study.data_sets import LabelledArticles
from civictopics.study.methods.learning import Rows, learn_and_predict
from civictopics.study.methods.meeting_type import LABEL, as_predictions
from civictopics.study.methods.meeting_type_rivals import some_events, with_reports
from civictopics.study.predictions import Predictions

if TYPE_CHECKING:
    from civictopics.tagging.features import FeatureSettings

Change = Literal[
    "",
    "no headline",
    "no event sentence",
    "no cues and terms",
    "no n-grams",
    "no pairs of cues",
    "no shape",
    "no invented openings",
    "no invented reports",
    "no consistency",
    "tail as lead",
    "with vectors",
]
_CHANGES: dict[str, dict[str, Any]] = {
    "no headline": {"cues": (0.0, 0.7, 0.3, 0.15, 1.0, 0.7), "ngrams": (0.0, 2.0, 0.0, 3.0)},
    "no event sentence": {"cues": (1.0, 0.7, 0.3, 0.15, 0.0, 0.0), "ngrams": (2.0, 2.0, 0.0, 0.0)},
    "no cues and terms": {"cues": (0.0,) * 6, "pairs": 0.0},
    "no n-grams": {"ngrams": (0.0,) * 4},
    "no pairs of cues": {"pairs": 0.0},
    "no shape": {"shape": 0.0},
    "tail as lead": {"cues": (1.0, 0.7, 0.7, 0.7, 1.0, 0.7), "ngrams": (2.0, 2.0, 2.0, 3.0)},
    "with vectors": {"vectors": 1.0, "vector_width": 512},
}


def combination(
    data: LabelledArticles,
    seed: int,
    *,
    folds: int = 5,
    inner_folds: int = 3,
    penalties: tuple[float, ...] = (0.5, 1.0, 2.0),
    change: Change = "",
    share: float = 1.0,
    learn: tuple[str, ...] = (),
    grouped: bool = True,
    calibrated: bool = True,
) -> Predictions:
    """Learn the shipped method from the training articles.

    Parameters
    ----------
    data, seed
        The articles; the seed of the folds.
    folds, inner_folds : int
        Of the cross-validation, and of the choice of the penalty inside each fold.
    penalties : tuple of float
        To choose from.
    change : str
        A block of features, or of what is learnt from, that is left out or added.
    share : float
        Share of the events of the training articles, and of the reports, that are learnt from.
    learn : tuple of str
        Languages whose articles and reports are learnt from; all by default. The invented
        openings are Vietnamese and belong to it.
    grouped : bool
        Without it, translations stand on both sides: a mistake, shown for its size.
    calibrated : bool
        Fit temperatures on groups that the model has not seen.
    """
    from civictopics.encoding.loading import load_encoder
    from civictopics.tagging.article_vectors import article_vectors
    from civictopics.tagging.building import SETTINGS, train_meeting_types
    from civictopics.tagging.openings import load_openings
    from civictopics.tagging.reports import REPORTS

    settings = replace(SETTINGS, **_CHANGES.get(change, {}))
    consistency = 0.0 if change == "no consistency" else None
    told = not learn or "vi" in learn
    openings = load_openings() if told and change != "no invented openings" else []
    encoder = load_encoder() if settings.vector_width else None

    def vectors(items: Sequence[Any]) -> Any:  # noqa: ANN401 - vectors or nothing
        return article_vectors(encoder, [i.text for i in items], [i.title for i in items]) if encoder else None

    def fit_predict(train: Sequence[Article], test: Sequence[Article]) -> Rows:
        known = train if change == "no invented reports" else with_reports(train)
        learnt = [a for a in some_events(known, share, seed) if not learn or a.lang in learn]
        if not grouped:
            learnt = [replace(article, group=article.id) for article in learnt]
        penalty = _penalty(learnt, penalties, settings, inner_folds, seed)
        reports = [article for article in learnt if article.source == REPORTS]
        articles = [article for article in learnt if article.source != REPORTS]
        everything = vectors([*articles, *reports, *openings])
        model = train_meeting_types(articles, openings, settings, calibrated, everything, penalty, consistency, reports)
        columns = ([a.text for a in test], [a.title for a in test], [a.lang for a in test])
        shares = model.predict_proba(*columns, embeddings=vectors(test))
        return {
            "predicted": model.classes_[shares.argmax(axis=1)],
            "probability": shares.max(axis=1),
            "setting": np.full(len(test), penalty),
        }

    return as_predictions(data, learn_and_predict(data, LABEL, fit_predict, folds, seed, grouped))


def _penalty(
    articles: Sequence[Article], penalties: Sequence[float], settings: "FeatureSettings", inner_folds: int, seed: int
) -> float:
    """Return the penalty whose tagger is right oftenest on groups that it was not trained on."""
    from civictopics.evaluation.splits import grouped_splits
    from civictopics.tagging.combination import CombinationTagger
    from civictopics.tagging.features import ArticleFeatures

    if len(penalties) == 1:
        return penalties[0]
    labels, languages = np.array([a.labels[LABEL] for a in articles]), np.array([a.lang for a in articles])
    groups = np.array([article.group for article in articles])
    rows = ArticleFeatures(settings).matrix([a.text for a in articles], [a.title for a in articles], languages.tolist())
    right = np.zeros(len(penalties))
    for train, test in grouped_splits(groups, labels, inner_folds, seed):
        for place, penalty in enumerate(penalties):
            tagger = CombinationTagger(settings, penalty=penalty, calibrated=False)
            tagger.fit_rows(rows[train], labels[train].tolist(), languages[train].tolist(), groups[train].tolist())
            said = tagger.classes_[(rows[test] @ tagger.coef_.T + tagger.intercept_).argmax(axis=1)]
            right[place] += float((said == labels[test]).sum())
    return penalties[int(right.argmax())]
