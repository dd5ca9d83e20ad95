"""A linear support vector machine on word and character n-grams."""

from sklearn.calibration import CalibratedClassifierCV
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.svm import LinearSVC

from civictopics.tagging.methods.base import PipelineTagger
from civictopics.tagging.methods.ngram_logistic import ngrams


class LinearSvmTagger(PipelineTagger):
    """Tag by a linear support vector machine on word and character n-grams, its scores made probabilities by a sigmoid.

    Parameters
    ----------
    penalty : float, default=0.3
        Inverse strength of the regularisation.
    """

    def __init__(self, penalty: float = 0.3) -> None:
        self.penalty = penalty

    def _pipeline(self) -> Pipeline:
        model = LinearSVC(C=self.penalty, class_weight="balanced", random_state=0)
        return make_pipeline(ngrams(), CalibratedClassifierCV(model, cv=3))
