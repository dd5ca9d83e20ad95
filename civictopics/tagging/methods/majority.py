"""The floor: every article gets the most common label."""

from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from civictopics.tagging.methods.base import PipelineTagger


class MajorityTagger(PipelineTagger):
    """Give every article the label that is most common in training."""

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        return make_pipeline(DummyClassifier(strategy="prior"))
