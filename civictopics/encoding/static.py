"""Vectors of texts as means of stored vectors of sub-words: the shipped encoder, and any folder of the same form."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from civictopics.encoding.base import Vectors, digest_of, unit_rows, warn_of_empty
from civictopics.encoding.folder import read_static_folder

_REMEMBERED = 200_000
_AT_A_TIME = 64
# How vocabularies mark a word's start (SentencePiece, byte-level BPE) or continuation (WordPiece).
_STARTS = ("▁", "Ġ")
_CONTINUES = "##"


class StaticEncoder:
    """Mean of the vectors of a text's sub-words, brought to length one.

    The order of words does not count, so an article of any length is encoded in
    time linear in its length. No torch is needed. The languages share one space
    and need not be named.

    Parameters
    ----------
    tokenizer : tokenizers.Tokenizer
        It must cut at white space at least: words are looked up one by one.
    token_vectors : array, shape (n_tokens, n_dimensions)
        How much a token weighs is the length of its vector.
    name : str
        What outputs call the encoder.
    digest : str, optional
        SHA-256 of the files it was read from; that of its parts by default.

    References
    ----------
    Tulkens and van Dongen (2024), Model2Vec: fast state-of-the-art static embeddings.
    """

    def __init__(self, tokenizer: Tokenizer, token_vectors: NDArray[np.floating], name: str, digest: str = "") -> None:
        self.tokenizer = tokenizer
        self.token_vectors = np.ascontiguousarray(token_vectors, dtype=np.float32)
        self.name = name
        self._digest = digest or digest_of(tokenizer.to_str(), self.token_vectors.tobytes().hex())
        self._words = _WordTable(tokenizer)

    @classmethod
    def from_folder(cls, folder: str | Path, name: str = "") -> "StaticEncoder":
        """Read a folder in the format of sentence-transformers that holds a StaticEmbedding.

        Raises
        ------
        ModelError
            If a file is missing, or is not the one that ``manifest.json`` lists.
        """
        content = read_static_folder(Path(folder))
        return cls(content.tokenizer, content.token_vectors, name or str(folder), content.digest)

    @property
    def digest(self) -> str:
        """SHA-256 of all that the vectors depend on."""
        return self._digest

    @property
    def n_dimensions(self) -> int:
        """Length of a vector."""
        return int(self.token_vectors.shape[1])

    def encode(self, texts: Sequence[str], languages: Sequence[str] | None = None) -> Vectors:
        """Return vectors, shape (n_texts, n_dimensions); see `Encoder.encode`."""
        warn_of_empty(texts)
        vectors = np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        for start in range(0, len(texts), _AT_A_TIME):
            words = [self._numbers(text) for text in texts[start : start + _AT_A_TIME]]
            vectors[start : start + len(words)] = unit_rows(self._sums(words))
            self._forget()
        return vectors

    def coverage(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the share of each text's tokens that are known.

        A token counts as unknown where its characters are not in the vocabulary, or
        where it is a single letter that was cut from a longer word. A text without
        any token has the share 0.

        Returns
        -------
        array of float64, shape (n_texts,)
        """
        shares = np.zeros(len(texts))
        for start in range(0, len(texts), _AT_A_TIME):
            words = [self._numbers(text) for text in texts[start : start + _AT_A_TIME]]
            counts = self._words.counts(self._kinds_of_tokens)
            for row, of_text in enumerate(words, start):
                n_tokens, n_known = counts[of_text].sum(axis=0)
                shares[row] = n_known / n_tokens if n_tokens else 0.0
            self._forget()
        return shares

    def _numbers(self, text: str) -> NDArray[np.int32]:
        """Return the words of a text by their numbers in the table of words."""
        return np.fromiter(map(self._words.__getitem__, text.split()), dtype=np.int32)

    @cached_property
    def _kinds_of_tokens(self) -> "_TokenKinds":
        return _token_kinds(self.tokenizer)

    def _forget(self) -> None:
        if len(self._words) > _REMEMBERED:
            self._words = _WordTable(self.tokenizer)

    def _sums(self, texts: list[NDArray[np.int32]]) -> Vectors:
        """Return the sum of the token vectors of each text; texts are given as numbers of words.

        Each text's sum runs over its words in their order, and each word's over its
        tokens: it does not depend on what else is encoded.
        """
        used, places = np.unique(np.concatenate(texts), return_inverse=True)
        if not len(used):
            return np.zeros((len(texts), self.n_dimensions), dtype=np.float32)
        tokens = [self._words.tokens[word] for word in used]
        flat = np.fromiter(chain.from_iterable(tokens), dtype=np.int32)
        of_words = _rows(flat, [len(part) for part in tokens], len(self.token_vectors)) @ self.token_vectors
        sums: Vectors = _rows(places, [len(words) for words in texts], len(used)) @ of_words
        return sums


class _WordTable(dict[str, int]):
    """The words met so far, numbered, and the tokens of each; a new word is cut when it is asked for."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer
        self.tokens: list[tuple[int, ...]] = []
        self._counts = np.zeros((0, 2), dtype=np.int64)

    def counts(self, kinds: "_TokenKinds") -> NDArray[np.int64]:
        """Return how many tokens each word has, and how many of them are known; shape (n_words, 2)."""
        new = self.tokens[len(self._counts) :]
        if new:
            lengths = np.array([len(word) for word in new], dtype=np.int64)
            known = kinds.known(np.fromiter(chain.from_iterable(new), dtype=np.int32), np.cumsum(lengths))
            sums = np.concatenate([[0], np.cumsum(known)])[np.concatenate([[0], np.cumsum(lengths)])]
            self._counts = np.concatenate([self._counts, np.stack([lengths, np.diff(sums)], axis=1)])
        return self._counts

    def __missing__(self, word: str) -> int:
        safe = word.encode("utf-8", "replace").decode("utf-8")
        # One at a time: the library's threads would be lost in processes that are forked from this one.
        self.tokens.append(tuple(self._tokenizer.encode(safe, add_special_tokens=False).ids))
        self[word] = number = len(self.tokens) - 1
        return number


def _rows(columns: NDArray[np.integer], lengths: list[int], width: int) -> csr_matrix:
    """Return a matrix of ones whose rows are runs of `columns`, in their order and with repetitions."""
    ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=(len(lengths), width))


@dataclass(frozen=True, slots=True)
class _TokenKinds:
    """What the tokens of a vocabulary are; arrays of bool, shape (n_tokens,).

    Attributes
    ----------
    telling : array
        Several letters, or a number.
    single : array
        One letter at the start of a word: known if it is the whole word.
    starting : array
        Stands at the start of a word.
    """

    telling: NDArray[np.bool_]
    single: NDArray[np.bool_]
    starting: NDArray[np.bool_]

    def known(self, tokens: NDArray[np.int32], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return which tokens are known, given those of words one after the other and where each word ends."""
        whole = np.append(self.starting[tokens[1:]], True)
        whole[ends[ends > 0] - 1] = True
        known: NDArray[np.bool_] = self.telling[tokens] | (self.single[tokens] & whole)
        return known


def _token_kinds(tokenizer: Tokenizer) -> _TokenKinds:
    kinds = np.zeros((3, tokenizer.get_vocab_size()), dtype=bool)
    for piece, number in tokenizer.get_vocab().items():
        bare = piece.lstrip("".join(_STARTS)).removeprefix(_CONTINUES)
        special = bare.startswith(("[", "<")) and bare.endswith(("]", ">"))
        starting = piece.startswith(_STARTS)
        kinds[:, number] = (not special and (len(bare) > 1 or bare.isdigit()), starting and len(bare) == 1, starting)
    return _TokenKinds(*kinds)
