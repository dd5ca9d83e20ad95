"""Vectors of texts as means of stored vectors of sub-words: the shipped encoder, and any folder of the same form."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from tokenizers import Tokenizer

from civictopics.encoding.base import Vectors, digest_of, unit_rows, warn_of_empty
from civictopics.encoding.folder import read_static_folder

_REMEMBERED = 200_000
_AT_A_TIME = 2048
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
        self._tokens_of: dict[str, tuple[int, ...]] = {}
        self._kinds: _TokenKinds | None = None

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
            part = [self._tokens(words) for words in self._words(texts[start : start + _AT_A_TIME])]
            vectors[start : start + len(part)] = self._means(part)
        return unit_rows(vectors)

    def coverage(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return the share of each text's tokens that are known.

        A token counts as unknown where its characters are not in the vocabulary, or
        where it is a single letter that was cut from a longer word. A text without
        any token has the share 0.

        Returns
        -------
        array of float64, shape (n_texts,)
        """
        if self._kinds is None:
            self._kinds = _token_kinds(self.tokenizer)
        shares = np.zeros(len(texts))
        for start in range(0, len(texts), _AT_A_TIME):
            for row, words in enumerate(self._words(texts[start : start + _AT_A_TIME]), start):
                tokens = self._tokens(words)
                if len(tokens):
                    shares[row] = self._kinds.known(tokens).mean()
        return shares

    def _words(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut texts at white space, and look up the tokens of words not met before."""
        cut = [text.split() for text in texts]
        new = list(dict.fromkeys(word for words in cut for word in words if word not in self._tokens_of))
        if len(self._tokens_of) + len(new) > _REMEMBERED:
            self._tokens_of.clear()
            new = list(dict.fromkeys(chain.from_iterable(cut)))
        # One at a time: the library's threads would be lost in processes that are forked from this one.
        for word in new:
            safe = word.encode("utf-8", "replace").decode("utf-8")
            self._tokens_of[word] = tuple(self.tokenizer.encode(safe, add_special_tokens=False).ids)
        return cut

    def _tokens(self, words: list[str]) -> NDArray[np.int32]:
        return np.fromiter(chain.from_iterable(map(self._tokens_of.__getitem__, words)), dtype=np.int32)

    def _means(self, tokens: list[NDArray[np.int32]]) -> Vectors:
        lengths = [len(part) for part in tokens]
        total = sum(lengths)
        weights = np.repeat(1 / np.maximum(lengths, 1), lengths).astype(np.float32)
        ends = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        columns = np.concatenate(tokens) if total else np.zeros(0, dtype=np.int32)
        shape = (len(tokens), len(self.token_vectors))
        # Row by row in the order of the text: the sum does not depend on what else is encoded.
        means: Vectors = csr_matrix((weights, columns, ends), shape=shape) @ self.token_vectors
        return means


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

    def known(self, tokens: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Return which of the tokens of a text are known."""
        whole = np.append(self.starting[tokens[1:]], True)
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
