"""The meeting type of an article, with its calibrated probability."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import check_is_fitted

from civictopics.errors import InputError, ModelError
from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.features import ArticleFeatures, FeatureSettings
from civictopics.tagging.keyword_rules import MEETING_TYPES
from civictopics.tagging.store import StoredModel, load_model, shipped_models, weights_of

__all__ = ["MEETING_TYPES", "TASK", "MeetingTypeTagger", "load_tagger", "packed", "unpacked"]

TASK = "meeting-type"


class MeetingTypeTagger(ClassifierMixin, BaseEstimator):
    """Tag the meeting type of articles with the shipped model, or with one trained on other labels.

    Parameters
    ----------
    languages_folder : Path, optional
        Further language files.
    model : Path, optional
        A model folder; the shipped one by default.

    Attributes
    ----------
    classes_ : array of str
    tagger_ : CombinationTagger

    Examples
    --------
    >>> tagger = MeetingTypeTagger().fit([])
    >>> tagger.predict(["Kỳ họp thứ 9 HĐND tỉnh khai mạc sáng 10/7."], ["Khai mạc kỳ họp HĐND tỉnh"], ["vi"]).tolist()
    ['assembly_session']
    """

    def __init__(self, languages_folder: Path | None = None, model: Path | None = None) -> None:
        self.languages_folder = languages_folder
        self.model = model

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[str] | None = None,
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
    ) -> "MeetingTypeTagger":
        """Load the model; or train one, where labels are given.

        Parameters
        ----------
        texts : sequence of str
            Not needed for the shipped model.
        y : sequence of str, optional
            Labels, of any set.
        titles, languages, groups : sequences of str, optional
            For training.
        """
        if y is None:
            self.tagger_ = load_tagger(self.model, self.languages_folder)
        else:
            trained = CombinationTagger(languages_folder=self.languages_folder)
            self.tagger_ = trained.fit(texts, y, titles, languages, groups)
        self.classes_ = self.tagger_.classes_
        return self

    def predict_proba(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float64]:
        """Return calibrated probabilities, shape (n_texts, n_classes).

        With the shipped model the columns are in the order of `MEETING_TYPES`.
        """
        check_is_fitted(self)
        return self.tagger_.predict_proba(texts, titles, languages, embeddings)

    def predict(
        self,
        texts: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> NDArray[np.str_]:
        """Return the most probable type of each text, shape (n_texts,)."""
        check_is_fitted(self)
        best: NDArray[np.str_] = self.classes_[self.predict_proba(texts, titles, languages, embeddings).argmax(axis=1)]
        return best

    def is_sure(self, probabilities: NDArray[np.float64], risk: float = 0.08) -> NDArray[np.bool_]:
        """Return which articles may be answered so that at most a share `risk` of the answers is wrong.

        The thresholds were chosen out of fold on the training data; elsewhere the share may be larger.

        Parameters
        ----------
        probabilities : array, shape (n_texts, n_classes)
            From `predict_proba`.
        risk : float, default=0.08
            One of the risks in ``tagger_.thresholds_``.

        Raises
        ------
        InputError
            If there is no threshold for `risk`.
        """
        check_is_fitted(self)
        thresholds = self.tagger_.thresholds_
        if str(risk) not in thresholds:
            raise InputError(f"no threshold for a risk of {risk}; there are: {', '.join(thresholds)}")
        sure: NDArray[np.bool_] = probabilities.max(axis=1) >= thresholds[str(risk)]
        return sure


@cache
def load_tagger(folder: Path | None = None, languages_folder: Path | None = None) -> CombinationTagger:
    """Return the tagger of a model folder, the shipped one by default.

    Raises
    ------
    ModelError
        If the folder is missing, changed, or of another version.
    """
    home = folder or shipped_models().get(TASK)
    if home is None:
        raise ModelError("the package holds no meeting-type model; build it with `make models`")
    return unpacked(load_model(home, TASK), languages_folder)


def packed(
    tagger: CombinationTagger, order: Sequence[str] = ()
) -> tuple[dict[str, object], dict[str, NDArray[np.float16]]]:
    """Return the settings and the weights of a tagger, the classes in `order` where it is given."""
    names = list(order) if len(order) else tagger.classes_.tolist()
    rows = [tagger.classes_.tolist().index(name) for name in names]
    config = {
        "features": tagger.features_.settings.write(),
        "classes": names,
        "temperatures": dict(sorted(tagger.temperatures_.items())),
        "thresholds": dict(sorted(tagger.thresholds_.items())),
    }
    arrays = {
        "coefficients": tagger.coef_[rows].T.astype(np.float16),
        "intercepts": tagger.intercept_[rows].astype(np.float16),
    }
    return config, arrays


def unpacked(model: StoredModel, languages_folder: Path | None = None) -> CombinationTagger:
    """Return the tagger that a stored model holds."""
    settings = FeatureSettings.read(model.config["features"])
    features = ArticleFeatures(settings, languages_folder)
    classes = model.config["classes"]
    arrays = weights_of(model, {"coefficients": (features.width, len(classes)), "intercepts": (len(classes),)})
    tagger = CombinationTagger(settings, languages_folder=languages_folder)
    tagger.classes_ = np.array(classes)
    tagger.coef_ = arrays["coefficients"].astype(np.float64).T
    tagger.intercept_ = arrays["intercepts"].astype(np.float64)
    tagger.temperatures_ = {str(code): float(value) for code, value in model.config["temperatures"].items()}
    tagger.thresholds_ = {str(risk): float(value) for risk, value in model.config["thresholds"].items()}
    tagger.features_ = features
    return tagger
