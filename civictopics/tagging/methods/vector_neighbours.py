"""The nearest neighbours among vectors."""

from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline

from civictopics.tagging.methods.base import VectorTagger


class VectorNeighboursTagger(VectorTagger):
    """Tag by the labels of the nearest training articles.

    Parameters
    ----------
    n_neighbours : int, default=25
        Each event is there in several languages.
    """

    def __init__(self, n_neighbours: int = 25) -> None:
        self.n_neighbours = n_neighbours

    def pipeline(self) -> Pipeline:
        """Return the pipeline, not fitted."""
        return make_pipeline(KNeighborsClassifier(self.n_neighbours, weights="distance", metric="cosine"))
