"""Rival methods for meeting types, one file each, all with the interface of the combination."""

from collections.abc import Callable

from civictopics.tagging.combination import CombinationTagger
from civictopics.tagging.keyword_rules import KeywordMeetingTypes
from civictopics.tagging.methods.linear_svm import LinearSvmTagger
from civictopics.tagging.methods.majority import MajorityTagger
from civictopics.tagging.methods.naive_bayes import NaiveBayesTagger
from civictopics.tagging.methods.ngram_logistic import NgramLogisticTagger
from civictopics.tagging.methods.vector_logistic import VectorLogisticTagger
from civictopics.tagging.methods.vector_neighbours import VectorNeighboursTagger

METHODS: dict[str, Callable[[], object]] = {
    "majority": MajorityTagger,
    "keyword-rules": KeywordMeetingTypes,
    "naive-bayes": NaiveBayesTagger,
    "combination": CombinationTagger,
    "ngram-logistic": NgramLogisticTagger,
    "linear-svm": LinearSvmTagger,
    "vector-logistic": VectorLogisticTagger,
    "vector-neighbours": VectorNeighboursTagger,
}
"""The methods that are compared, by the name in settings and results."""

NEED_VECTORS = frozenset({"vector-logistic", "vector-neighbours"})
"""Those that read only vectors."""
