import pytest

from civictopics import load_corpus
from civictopics.errors import InputError
from civictopics.evaluation.leaks import leak_check
from civictopics.evaluation.splits import grouped_splits


def test_a_group_on_both_sides_is_named() -> None:
    with pytest.raises(InputError, match="'b'"):
        leak_check(["a", "b"], ["b", "c"])


def test_a_near_copy_under_another_name_is_found() -> None:
    text = load_corpus().events[0].text("vi")
    copied = "Tin mới: " + text[: len(text) * 3 // 4]
    with pytest.raises(InputError, match="test text 1 and training text 0"):
        leak_check(["a"], ["b", "c"], [text], ["khác hẳn", copied])


def test_a_grouped_split_of_the_corpus_is_clean_and_a_naive_one_is_not() -> None:
    articles = load_corpus().articles()[:200]
    groups = [article.group for article in articles]
    texts = [article.text for article in articles]
    for train, test in grouped_splits(groups, [article.labels["meeting_type"] for article in articles]):
        leak_check(
            *([groups[row] for row in rows] for rows in (train, test)), *([texts[r] for r in s] for s in (train, test))
        )
    with pytest.raises(InputError, match="split by group"):
        leak_check(groups[::2], groups[1::2])
