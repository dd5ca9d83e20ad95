"""Logistic regression on vectors."""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from civictopics.tagging.methods.base import VectorTagger


class VectorLogisticTagger(VectorTagger):
    """Tag by logistic regression on vectors.

    Parameters
    ----------
    penalty : float, default=0.01
        Inverse strength of the regularisation.
    """

    def __init__(self, penalty: float = 0.01) -> None:
        self.penalty = penalty

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        model = LogisticRegression(C=self.penalty, max_iter=500, class_weight="balanced")
        return make_pipeline(StandardScaler(), model)
