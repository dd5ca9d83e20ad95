"""Name the language of a text, among configurable candidates, offline."""

from collections.abc import Sequence
from functools import cache
from itertools import islice

import numpy as np
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from civictopics.errors import UsageError

DEFAULT_CANDIDATES = (
    "vi", "en", "sv", "ru", "ar", "bg", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it",
    "ja", "km", "ko", "lo", "ms", "nl", "no", "pl", "pt", "ro", "sr", "th", "tr", "uk", "zh",
)  # fmt: skip
"""The five, and those that a mixed collection is likely to hold or that resemble them."""

_LEAST_LETTERS = 12
_WINDOW = 250
_WINDOWS = 3
_MACRO = {"nb": "no", "nn": "no"}


class LanguageDetector:
    """Detect languages with py3langid (Lui and Baldwin 2012), restricted to candidates.

    The text is judged in up to three windows of 250 characters (beginning, middle,
    end) and the probabilities are averaged, so that a text that changes its
    language gets a probability below one.

    Parameters
    ----------
    candidates : sequence of str
        ISO 639-1 codes.

    Examples
    --------
    >>> LanguageDetector(["vi", "sv"]).detect("Hội nghị tổng kết công tác dân vận năm 2023")[0]
    'vi'
    """

    def __init__(self, candidates: Sequence[str] = DEFAULT_CANDIDATES) -> None:
        self.candidates = tuple(dict.fromkeys(candidates))
        self._identifier = _identifier(self.candidates)

    def detect(self, text: str) -> tuple[str, float]:
        """Return the language of `text` and its probability; ``('', 0.0)`` where it has under 12 letters."""
        if len(list(islice(filter(str.isalpha, text[:2000]), _LEAST_LETTERS))) < _LEAST_LETTERS:
            return "", 0.0
        mean: dict[str, float] = {}
        windows = _windows(text)
        for window in windows:
            for code, probability in self._identifier.rank(window):
                code = _MACRO.get(code, code)
                mean[code] = mean.get(code, 0.0) + float(probability) / len(windows)
        best = max(sorted(mean), key=lambda code: mean[code])
        return best, round(min(1.0, mean[best]), 4)


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOW * 2:
        return [text]
    starts = np.linspace(0, len(text) - _WINDOW, _WINDOWS).astype(int)
    return [text[start : start + _WINDOW] for start in starts]


@cache
def _identifier(candidates: tuple[str, ...]) -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    known = set(identifier.labels)
    unknown = [code for code in candidates if code not in known]
    if unknown or not candidates:
        raise UsageError(
            f"no such language to detect: {', '.join(unknown) or 'none given'}; known: {', '.join(sorted(known))}"
        )
    identifier.set_languages(list(candidates))
    return identifier
