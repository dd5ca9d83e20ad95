"""Logistic regression on word and character n-grams."""

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline

from civictopics.tagging.methods.base import PipelineTagger


def ngrams() -> FeatureUnion:
    """Return word pairs and character runs of two to four, weighted by tf-idf."""
    return FeatureUnion(
        [
            ("words", TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=40_000, sublinear_tf=True)),
            (
                "characters",
                TfidfVectorizer(
                    analyzer="char_wb", ngram_range=(2, 4), min_df=3, max_features=40_000, sublinear_tf=True
                ),
            ),
        ]
    )


class NgramLogisticTagger(PipelineTagger):
    """Tag by logistic regression on word and character n-grams.

    Parameters
    ----------
    penalty : float, default=10.0
        Inverse strength of the regularisation.
    """

    def __init__(self, penalty: float = 10.0) -> None:
        self.penalty = penalty

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        model = LogisticRegression(C=self.penalty, max_iter=150, tol=1e-4, class_weight="balanced")
        return make_pipeline(ngrams(), model)
