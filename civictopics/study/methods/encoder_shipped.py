"""The shipped encoder, on texts that it was not trained on."""

from civictopics.study.aligned_texts import ParallelTexts, TopicTexts
from civictopics.study.predictions import Predictions


def shipped(data: TopicTexts | ParallelTexts, seed: int) -> Predictions:
    """Use the shipped encoder as it is."""
    from civictopics.encoding.loading import load_encoder
    from civictopics.study.methods.encoder_measures import of_parallel, zero_shot

    encoder = load_encoder()
    return zero_shot(data, encoder.encode) if isinstance(data, TopicTexts) else of_parallel(data, encoder.encode)
