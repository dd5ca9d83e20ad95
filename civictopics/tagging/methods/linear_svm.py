"""A linear support vector machine on word and character n-grams."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from civictopics.tagging.methods.base import PipelineTagger
from civictopics.tagging.methods.ngram_logistic import ngrams

_FOLDS = 3


class LinearSvmTagger(PipelineTagger):
    """Tag by a linear support vector machine on word and character n-grams, its scores made probabilities by a sigmoid.

    Where groups are given, the sigmoid is fitted on groups that the machine has not seen.

    Parameters
    ----------
    penalty : float, default=0.3
        Inverse strength of the regularisation.
    """

    def __init__(self, penalty: float = 0.3) -> None:
        self.penalty = penalty

    def fit(
        self,
        texts: Sequence[str],
        y: Sequence[str],
        titles: Sequence[str] | None = None,
        languages: Sequence[str] | None = None,
        groups: Sequence[str] | None = None,
        embeddings: NDArray[np.float32] | None = None,
    ) -> "LinearSvmTagger":
        """Train; see `PipelineTagger.fit`."""
        if groups is None:
            super().fit(texts, y, titles, languages, groups, embeddings)
            return self
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0).split(np.zeros(len(y)), list(y), groups)
        pipeline = self.pipeline().set_params(calibratedclassifiercv__cv=list(folds))
        with threadpool_limits(1):
            self.pipeline_ = pipeline.fit(self.inputs(texts, titles, embeddings), list(y))
        self.classes_ = self.pipeline_.classes_
        return self

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        model = LinearSVC(C=self.penalty, class_weight="balanced", random_state=0)
        return make_pipeline(ngrams(), CalibratedClassifierCV(model, cv=_FOLDS))
