"""Train a tagger for any label set: read, check, choose a method by nested cross-validation, measure, package."""

from civictopics.tagging.training.examples import Columns, Examples, read_examples
from civictopics.tagging.training.labelled import LabelledText
from civictopics.tagging.training.making import TrainedTagger, train_tagger

__all__ = ["Columns", "Examples", "LabelledText", "TrainedTagger", "read_examples", "train_tagger"]
