"""One vocabulary of sub-words for all languages, with numbers and both places of Vietnamese tone marks."""

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

UNKNOWN = "[UNK]"
_LONGEST_PIECE = 16
_CANDIDATES_PER_PIECE = 1.25
_ROUNDS = 2
_NUMBER_SCORE = -8.0
_DIGIT_SCORE = -20.0
_ARABIC_MARKS_AND_INVISIBLE = "[\u064b-\u0652\u0670\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
# Years stay whole; other numbers are cut into groups of three from the right, so that 9.140, 9,140 and 9140 agree.
_NUMBERS = r"(?:19|20)\p{N}\p{N}(?!\p{N})|\p{N}{1,3}(?=(?:\p{N}{3})*(?!\p{N}))"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_STYLE = re.compile(rf"(o|u)([{_TONES}])(a|e|y)$")
_NEW_STYLE = re.compile(rf"(o|u)(a|e|y)([{_TONES}])$")
_TONE_PAIRS = frozenset({"oa", "oe", "uy"})
Pieces = list[tuple[str, float]]


def train_tokenizer(texts: Sequence[str], n_pieces: int) -> Tokenizer:
    """Learn a vocabulary of `n_pieces` sub-words, and add numbers and spellings.

    Candidates come from byte-pair merges; those that the likeliest cuts of the
    texts use most are kept. (The unigram trainer of the library does not see
    pieces that always end a word, and its sums differ from run to run.)
    """
    wordy = [re.sub(r"\d+", " ", text) for text in texts]  # numbers are added whole
    merged = _tokenizer(models.BPE(unk_token=UNKNOWN))
    wanted = int(n_pieces * _CANDIDATES_PER_PIECE)
    trainer = trainers.BpeTrainer(
        vocab_size=wanted, special_tokens=[UNKNOWN], max_token_length=_LONGEST_PIECE, show_progress=False
    )
    merged.train_from_iterator(wordy, trainer)
    pieces = _scored(merged, wordy, wanted)
    for _ in range(_ROUNDS):
        pieces = _scored(_tokenizer(models.Unigram([(UNKNOWN, 0.0), *pieces], unk_id=0)), wordy, n_pieces)
    pieces += _numbers()
    scores = dict(pieces)
    twins = [(twin, score) for piece, score in pieces if (twin := tone_twin(piece)) and twin not in scores]
    return _tokenizer(models.Unigram([(UNKNOWN, 0.0), *pieces, *twins], unk_id=0))


def _scored(tokenizer: Tokenizer, texts: list[str], n_pieces: int) -> Pieces:
    """Return all letters and the pieces used most, with the logarithm of their share."""
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        counts.update(encoding.ids)
    numbers = {
        piece: number
        for piece, number in tokenizer.get_vocab().items()
        if not re.search(r"\d", piece) and piece != UNKNOWN
    }
    ordered = sorted(numbers, key=lambda piece: (len(piece) > 1, -counts[numbers[piece]], piece))[:n_pieces]
    total = sum(counts.values())
    scored = [(piece, round(math.log(max(counts[numbers[piece]], 0.5) / total), 6)) for piece in ordered]
    return sorted(scored, key=lambda entry: (-entry[1], entry[0]))


def added_twins(tokenizer: Tokenizer) -> dict[int, int]:
    """Return the numbers of the spellings that were added, and of the pieces that they are spellings of."""
    numbers = tokenizer.get_vocab()
    last = numbers["9"]
    return {number: numbers[tone_twin(piece)] for piece, number in numbers.items() if number > last}


def pieces_of(tokenizer: Tokenizer) -> Pieces:
    """Return the vocabulary with its scores, in the order of the tokens' numbers."""
    return [(piece, score) for piece, score in json.loads(tokenizer.to_str())["model"]["vocab"]]


def tone_twin(piece: str) -> str:
    """Return a Vietnamese syllable with its tone mark on the other vowel, or nothing where it has no such form.

    Examples
    --------
    >>> tone_twin("hòa"), tone_twin("hoà"), tone_twin("hoàn")
    ('hoà', 'hòa', '')
    """
    bare = unicodedata.normalize("NFD", piece)
    for pattern, order in ((_OLD_STYLE, (1, 3, 2)), (_NEW_STYLE, (1, 3, 2))):
        found = pattern.search(bare)
        if found:
            parts = [found.group(number) for number in order]
            if "".join(part for part in parts if part not in _TONES) in _TONE_PAIRS:
                return unicodedata.normalize("NFC", bare[: found.start()] + "".join(parts))
    return ""


def _numbers() -> Pieces:
    whole = [str(number) for number in range(1000)] + [str(year) for year in range(1900, 2100)]
    padded = [f"{number:02d}" for number in range(10)] + [f"{number:03d}" for number in range(100)]
    digits = [(str(digit), _DIGIT_SCORE) for digit in range(10)]
    return [(f"▁{number}", _NUMBER_SCORE) for number in whole + padded] + digits


def _tokenizer(model: models.Model) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(_ARABIC_MARKS_AND_INVISIBLE), ""),
            normalizers.Replace(Regex("[أإآٱ]"), "ا"),
            *(normalizers.Replace(old, new) for old, new in zip("ىةؤئ", "يهوي", strict=True)),
            *(normalizers.Replace(chr(0x660 + digit), str(digit)) for digit in range(10)),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{N}\p{L}\p{M}]+"), "removed"),
            pre_tokenizers.Split(Regex(_NUMBERS), "isolated"),
            pre_tokenizers.Metaspace(prepend_scheme="always", split=False),
        ]
    )
    return tokenizer
