"""The combination: one logistic regression over cues, n-grams and vectors, trained on all languages together."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from civictopics.errors import InputError
from civictopics.tagging.calibration import ANY_LANGUAGE, RISKS, apply_temperatures, fit_temperatures, risk_thresholds
from civictopics.tagging.consistent_logistic import fit_consistent
from civictopics.tagging.features import ArticleFeatures, FeatureSettings

_FOLDS = 5


class CombinationTagger(ClassifierMixin, BaseEstimator):
    """Tag articles by cues that mean the same in every language, word n-grams, and vectors where given.

    Parameters
    ----------
    settings : FeatureSettings, optional
    penalty : float, default=1.0
        Inverse strength of the regularisation.
    none_share : float, default=0.3
        Share of the class `none` in what the tagger is trained for; in the news it is more common than in the corpus.
    evenness : float, default=0.5
        0 leaves the other classes as common as they are in training, 1 makes them equally common.
    consistency : float, default=0.05
        How much the scores of translations are drawn together: of articles of one group in several languages.
    languages_folder : Path, optional
        Further language files.
    seed : int, default=0
        Of the folds for the calibration.
    calibrated : bool, default=True
        Whether to fit temperatures, which takes five more trainings.

    Attributes
    ----------
    classes_ : array of str
    coef_ : array, shape (n_classes, n_features)
    intercept_ : array, shape (n_classes,)
    temperatures_ : dict of str to float
        Per language; the key ``""`` is for all others.
    thresholds_ : dict of str to float
        For each accepted share of wrong answers, the least probability to answer at.
    features_ : ArticleFeatures
    """

    def __init__(
        self,
        settings: FeatureSettings | None = None,
        penalty: float = 1.0,
        none_share: float = 0.3,
        evenness: float = 0.5,
        consistency: float = 0.05,
        languages_folder: Path | None = None,
        seed: int = 0,
        calibrated: bool = True,
    ) -> None:
        self.settings = settings
        self.penalty = penalty
        self.none_share = none_share
        self.evenness = evenness
        self.consistency = consistency
        self.languages_folder = languages_folder
        self.seed = seed
        self.calibrated = calibrated

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
        sample_weight: Sequence[float] | None = None,
        calibrate_on: Sequence[bool] | None = None,
    ) -> "CombinationTagger":
        """Train, and calibrate on scores out of fold.

        Parameters
        ----------
        texts, titles, languages : sequences of str of equal length
        y : sequence of str
            Labels.
        groups : sequence of str, optional
            Articles of one group stay together; each text is its own group by default.
        embeddings : array, shape (n_texts, vector_width), optional
        sample_weight : sequence of float, optional
        calibrate_on : sequence of bool, optional
            Rows that the temperatures are fitted on; all by default.

        Returns
        -------
        CombinationTagger
        """
        heads, codes = _filled(titles, texts), _filled(languages, texts)
        if not len(texts) == len(heads) == len(codes) == len(y):
            raise InputError(f"{len(texts)} texts, {len(heads)} titles, {len(codes)} languages, {len(y)} labels")
        self.features_ = ArticleFeatures(self.settings or FeatureSettings(), self.languages_folder)
        rows = self.features_.matrix(texts, heads, codes, embeddings)
        return self.fit_rows(rows, y, codes, groups, sample_weight, calibrate_on)

    def fit_rows(
        self,
        rows: sp.csr_matrix,
        y: Sequence[str],
        languages: Sequence[str],
        groups: Sequence[str] | None = None,
        sample_weight: Sequence[float] | None = None,
        calibrate_on: Sequence[bool] | None = None,
    ) -> "CombinationTagger":
        """Train on features that are there already, of shape (n_texts, n_features); see `fit`."""
        labels = np.array(y)
        self.classes_ = np.array(sorted(set(labels.tolist())))
        if len(self.classes_) < 2:
            raise InputError(f"all {len(labels)} texts have one label, {self.classes_.tolist()}: nothing to tell apart")
        own = np.ones(len(labels)) if sample_weight is None else np.array(sample_weight, dtype=np.float64)
        weights = class_weights(labels, own, self.none_share, self.evenness)
        with threadpool_limits(1):
            folds = np.arange(len(labels)) if groups is None else np.unique(np.array(groups), return_inverse=True)[1]
            alike = _translations(folds, languages)
            self.coef_, self.intercept_ = self._train(rows, labels, weights, alike)
            told = np.ones(len(labels), dtype=bool) if calibrate_on is None else np.array(calibrate_on, dtype=bool)
            self.temperatures_, self.thresholds_ = self._calibrate(rows, labels, weights, folds, alike, languages, told)
        return self

    def decision_function(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float64]:
        """Return the scores before calibration, shape (n_texts, n_classes)."""
        check_is_fitted(self)
        rows = self.features_.matrix(texts, _filled(titles, texts), _filled(languages, texts), embeddings)
        scores: NDArray[np.float64] = np.asarray(rows @ self.coef_.T, dtype=np.float64) + self.intercept_
        return scores

    def predict_proba(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape (n_texts, n_classes)."""
        codes = _filled(languages, texts)
        scores = self.decision_function(texts, titles, codes, embeddings)
        return apply_temperatures(scores, codes, self.temperatures_)

    def predict(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.str_]:
        """Return the most probable label of each text."""
        best: NDArray[np.str_] = self.classes_[self.predict_proba(texts, titles, languages, embeddings).argmax(axis=1)]
        return best

    def _calibrate(
        self,
        rows: sp.csr_matrix,
        labels: NDArray[np.str_],
        weights: NDArray[np.float64],
        groups: NDArray[np.int64],
        alike: NDArray[np.int64],
        languages: Sequence[str],
        told: NDArray[np.bool_],
    ) -> tuple[dict[str, float], dict[str, float]]:
        few = len(set(groups.tolist())) < 2 * _FOLDS
        if not self.calibrated or few or min(Counter(labels.tolist()).values()) < 2:
            return {ANY_LANGUAGE: 1.0}, {str(risk): 1.0 for risk in RISKS}
        scores = np.zeros((len(labels), len(self.classes_)))
        splits = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=self.seed)
        for train, test in splits.split(labels, labels, groups):
            coefficients, intercept = self._train(rows[train], labels[train], weights[train], alike[train])
            scores[test] = rows[test] @ coefficients.T + intercept
        codes = np.array(languages)[told].tolist()
        classes = np.searchsorted(self.classes_, labels[told])
        temperatures = fit_temperatures(scores[told], classes, codes, weights[told])
        chances = apply_temperatures(scores[told], codes, temperatures)
        return temperatures, risk_thresholds(chances, classes, weights[told])

    def _train(
        self, rows: sp.csr_matrix, labels: NDArray[np.str_], weights: NDArray[np.float64], alike: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return coefficients and intercepts for all classes; one that is not among the labels is never chosen."""
        known = np.array(sorted(set(labels.tolist())))
        found = fit_consistent(
            rows, np.searchsorted(known, labels), len(known), weights, alike, self.penalty, self.consistency
        )
        coefficients = np.zeros((len(self.classes_), rows.shape[1]))
        intercepts = np.full(len(self.classes_), -20.0)
        places = np.searchsorted(self.classes_, known)
        coefficients[places], intercepts[places] = found
        return coefficients, intercepts


def class_weights(
    labels: NDArray[np.str_], weights: NDArray[np.float64], none_share: float, evenness: float
) -> NDArray[np.float64]:
    """Return a weight for each row so that the classes are as common as asked; they sum to the number of rows.

    Without a class `none` only `evenness` is used.
    """
    totals = {label: float(weights[labels == label].sum()) for label in sorted(set(labels.tolist()))}
    others = {label: total ** (1.0 - evenness) for label, total in totals.items() if label != "none"}
    left = 1.0 - none_share if "none" in totals else 1.0
    shares = {label: left * value / sum(others.values()) for label, value in others.items()}
    shares["none"] = none_share
    factors = np.array([shares[label] / totals[label] for label in labels.tolist()])
    balanced: NDArray[np.float64] = weights * factors * weights.sum()
    return balanced


def _translations(groups: NDArray[np.int64], languages: Sequence[str]) -> NDArray[np.int64]:
    """Return a number for each row that only its translations have too."""
    spoken: dict[int, set[str]] = {}
    for group, language in zip(groups.tolist(), languages, strict=True):
        spoken.setdefault(group, set()).add(language)
    return np.array([g if len(spoken[g]) > 1 else -1 - row for row, g in enumerate(groups.tolist())], dtype=np.int64)


def _filled(values: Sequence[str] | None, texts: Sequence[str]) -> Sequence[str]:
    return values if values is not None else [""] * len(texts)
