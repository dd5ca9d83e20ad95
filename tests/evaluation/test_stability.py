"""Topics are matched and found alike, whatever their order."""

import numpy as np
import pytest

from civictopics.errors import InputError
from civictopics.evaluation.stability import align_topics, average_jaccard, topic_stability

TOPICS = [["tet", "patrol", "fire"], ["cell", "party", "member"], ["flag", "model", "award"]]


def test_average_jaccard_of_greene_and_others() -> None:
    # Greene et al. (2014), table 1
    first, second = ["album", "music", "best", "award", "win"], ["sport", "best", "win", "medal", "award"]
    assert average_jaccard(first, second) == pytest.approx(0.154, abs=5e-4)
    assert average_jaccard(first, first) == 1.0
    assert average_jaccard(["a"], ["b"]) == 0.0
    with pytest.raises(InputError, match="without a word"):
        average_jaccard([], [])


def test_alignment_is_the_best_of_all() -> None:
    assert align_topics(np.array([[0.9, 0.8], [0.8, 0.1]])).tolist() == [1, 0]
    assert align_topics(np.array([[0.1], [0.7]])).tolist() == [-1, 0]


def test_order_does_not_matter_and_lost_topics_count_as_nothing() -> None:
    found = topic_stability(TOPICS, [TOPICS[::-1], [TOPICS[1], TOPICS[2], TOPICS[0]]])
    assert found.match.tolist() == [[2, 1, 0], [2, 0, 1]]
    assert [(topic.value, topic.low, topic.high) for topic in found.topics] == [(1.0, 1.0, 1.0)] * 3
    lost = topic_stability(TOPICS, [TOPICS, TOPICS[:2], TOPICS])
    assert lost.match[1].tolist() == [0, 1, -1]
    assert lost.topics[2].value == pytest.approx(2 / 3)
    assert lost.topics[2].low < 2 / 3 < lost.topics[2].high
    with pytest.raises(InputError, match="1 refits"):
        topic_stability(TOPICS, [TOPICS])
