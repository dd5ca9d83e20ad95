"""Encoders trained by this package, without the events that they are measured on."""

from civictopics.study.aligned_texts import AlignedTexts
from civictopics.study.predictions import Predictions


def trained(
    data: AlignedTexts,
    seed: int,
    *,
    n_pieces: int | None = None,
    n_dimensions: int | None = None,
    epochs: int | None = None,
    batch_size: int | None = None,
    scale: float | None = None,
    ranking: float | None = None,
    teaching: float | None = None,
) -> Predictions:
    """Train as the shipped encoder was; a setting that is given takes the place of its own.

    Parameters
    ----------
    data, seed
        The aligned texts; the seed of the training.
    n_pieces, n_dimensions, epochs, batch_size, scale, ranking, teaching
        See `civictopics.encoding.training.fitting.Recipe`.
    """
    from dataclasses import replace

    from civictopics.encoding.training.fitting import Recipe, train_encoder
    from civictopics.study.methods.encoder_measures import cross_fitted

    given = {
        "n_pieces": n_pieces,
        "n_dimensions": n_dimensions,
        "epochs": epochs,
        "batch_size": batch_size,
        "scale": scale,
        "ranking": ranking,
        "teaching": teaching,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    recipe = replace(Recipe(), seed=seed, **changes)  # type: ignore[arg-type]  # each is of its field's type
    return cross_fitted(data, lambda units: train_encoder(units, recipe, data.teacher))
