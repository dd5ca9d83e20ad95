from hypothesis import given
from hypothesis import strategies as st

from civictopics.corpus.passages import LEAST_WORDS, split_passages


def test_short_paragraphs_are_joined_and_long_ones_cut() -> None:
    text = "Head\n" + "word " * 50 + "\n" + "One. " * 10 + "\n" + "Two more words. " * 120 + "\nEnd."
    passages = split_passages(text)
    assert passages[0].startswith("Head word")
    assert all(len(p.split()) >= LEAST_WORDS for p in passages)
    assert max(len(p.split()) for p in passages) < 200
    assert passages[-1].endswith("End.")


def test_a_short_article_is_one_passage() -> None:
    assert split_passages("A few words.\nAnd more.") == ["A few words. And more."]
    assert split_passages("") == []


@given(st.lists(st.text(alphabet="ab .!?“”\n", max_size=400), max_size=6))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert " ".join(split_passages(text)).split() == text.split()
