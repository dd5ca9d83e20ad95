"""Cut an article into passages: paragraphs, or runs of short ones."""

import re

LEAST_WORDS = 40
MOST_WORDS = 160
_SENTENCE_END = re.compile(r"(?<=[.!?…؟])[\"”»’)]*\s+(?=[^\W\d_a-zà-ỹа-яё]|[\"“«‘(–-]|\d)")


def split_passages(text: str, least_words: int = LEAST_WORDS, most_words: int = MOST_WORDS) -> list[str]:
    r"""Return the passages of `text` (one paragraph per line), in order.

    Paragraphs shorter than `least_words` are joined with what follows; a short rest
    is joined with what precedes. A paragraph longer than `most_words` (some files
    have the whole article on one line) is cut at sentence ends into even parts.
    No word is lost: the passages' words are the text's words.

    Examples
    --------
    >>> split_passages("Short head\n" + "word " * 50)[0][:15]
    'Short head word'
    """
    passages: list[str] = []
    held: list[str] = []
    count = 0
    for line in text.split("\n"):
        for part in _parts(line, most_words):
            held.append(part)
            count += len(part.split())
            if count >= least_words:
                passages.append(" ".join(held))
                held, count = [], 0
    if held:
        rest = " ".join(held)
        if passages:
            passages[-1] = f"{passages[-1]} {rest}"
        elif rest.strip():
            passages.append(rest)
    return [" ".join(passage.split()) for passage in passages]


def _parts(line: str, most_words: int) -> list[str]:
    words = len(line.split())
    if words <= most_words:
        return [line] if words else []
    sentences = _SENTENCE_END.split(line)
    target = words / -(-words // (most_words // 2 + most_words // 4))
    parts: list[str] = []
    held: list[str] = []
    count = 0
    for sentence in sentences:
        held.append(sentence)
        count += len(sentence.split())
        if count >= target:
            parts.append(" ".join(held))
            held, count = [], 0
    if held:
        parts.append(" ".join(held))
    return parts


def word_count(text: str) -> int:
    """Return how many words `text` has, at least 1: the weight of a passage in its article."""
    return max(1, len(text.split()))
