"""Aligned texts as sparse counts of sub-words, drawn batch by batch."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from tokenizers import Tokenizer

from civictopics.encoding.training.aligned import AlignedUnit
from civictopics.languages import LANGUAGES

Integers = NDArray[np.int64]


class AlignedCounts:
    """The sub-words of each unit, per language; a phrase has several variants.

    Parameters
    ----------
    units : sequence of AlignedUnit
    tokenizer : tokenizers.Tokenizer
    """

    def __init__(self, units: Sequence[AlignedUnit], tokenizer: Tokenizer) -> None:
        self.n_units = len(units)
        self._variants = [_variants(units, code, tokenizer) for code in LANGUAGES]

    def draw(self, units: Integers, generator: np.random.Generator, joined: float, dropout: float) -> csr_matrix:
        """Return counts of sub-words, shape (n_languages * n_units, n_tokens): all of the first language, and so on.

        Parameters
        ----------
        units : array of int
        generator : numpy.random.Generator
        joined : float
            Share of the units that another unit of the batch is appended to, the same
            in every language: articles are longer than passages.
        dropout : float
            Share of the tokens that is left out.
        """
        appended = np.flatnonzero(generator.random(len(units)) < joined)
        others = units[generator.integers(0, len(units), len(appended))]
        drawn = []
        for counts, bounds in self._variants:
            rows = counts[_pick(bounds, units, generator)]
            if len(appended):
                rows = rows + _placed(counts[_pick(bounds, others, generator)], appended, len(units))
            drawn.append(rows)
        together = vstack(drawn, format="csr")
        together.data *= generator.random(len(together.data)) >= dropout
        return together


def _variants(units: Sequence[AlignedUnit], code: str, tokenizer: Tokenizer) -> tuple[csr_matrix, Integers]:
    """Return the counts of all variants, and where each unit's begin."""
    texts = [text for unit in units for text in unit.texts[code]]
    encodings = [encoding.ids for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
    ends = np.concatenate([[0], np.cumsum([len(ids) for ids in encodings])])
    columns = np.fromiter((token for ids in encodings for token in ids), dtype=np.int32, count=int(ends[-1]))
    shape = (len(texts), tokenizer.get_vocab_size())
    counts = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, ends), shape=shape)
    return counts, np.concatenate([[0], np.cumsum([len(unit.texts[code]) for unit in units])])


def _placed(rows: csr_matrix, places: Integers, n_rows: int) -> csr_matrix:
    """Return a matrix of `n_rows` rows that has `rows` at `places`, and nothing else."""
    ones = np.ones(len(places), dtype=np.float32)
    return csr_matrix((ones, (places, np.arange(len(places)))), shape=(n_rows, len(places))) @ rows


def _pick(bounds: Integers, units: Integers, generator: np.random.Generator) -> Integers:
    first, end = bounds[units], bounds[units + 1]
    picked: Integers = first + (generator.random(len(units)) * (end - first)).astype(np.int64)
    return picked
