"""Complement naive Bayes on word counts."""

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import Pipeline, make_pipeline

from civictopics.tagging.methods.base import PipelineTagger


class NaiveBayesTagger(PipelineTagger):
    """Tag by complement naive Bayes (Rennie et al. 2003) on words and pairs of words.

    Parameters
    ----------
    smoothing : float, default=0.3
    """

    def __init__(self, smoothing: float = 0.3) -> None:
        self.smoothing = smoothing

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        return make_pipeline(
            CountVectorizer(ngram_range=(1, 2), min_df=2, binary=True), ComplementNB(alpha=self.smoothing)
        )
