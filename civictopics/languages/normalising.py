"""One form of a text for matching; what is shown to people stays as it was written."""

import re
import unicodedata

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_VOWEL_MARKS = "\u0302\u0306\u031b"  # of â, ă and ơ: decomposed, a dot below comes before them
# A tone mark on the second vowel of a final oa, oe, uy (hoà, khoẻ, thuý) against the first (hòa, khỏe, thúy).
_NEW_STYLE = re.compile(rf"([ou])([aey])([{_TONE_MARKS}])(?![\w{_TONE_MARKS}{_VOWEL_MARKS}])")
_NEW_STYLE_PAIRS = frozenset({"oa", "oe", "uy"})
_ARABIC_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HAS_VIETNAMESE_PAIR = re.compile(r"[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ]")
_OTHER_DIGITS = re.compile(r"(?![0-9])\d")
_HAS_ARABIC = re.compile("[\u0600-\u06ff]")


def nfc(text: str) -> str:
    """Return `text` in Unicode's composed form (NFC), without lone surrogates.

    Examples
    --------
    >>> nfc("Hô\u0323i nghi\u0323") == "Hội nghị"
    True
    """
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
        text = unicodedata.normalize("NFC", text)
    return text


def fold(text: str) -> str:
    """Return the form of `text` that phrases are matched in.

    Lower case, ASCII digits, composed letters, tone marks of Vietnamese in one
    placement, Arabic without vowel signs and with one form of alef, ya and ta
    marbuta, no invisible direction marks.

    Examples
    --------
    >>> fold("HOÀ bình, Quý"), fold("Hòa bình, Qúy")
    ('hòa bình, qúy', 'hòa bình, qúy')
    >>> fold("٢٠٢٤")
    '2024'
    """
    text = nfc(text).casefold()
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")
    if _HAS_VIETNAMESE_PAIR.search(text):
        decomposed = unicodedata.normalize("NFD", text)
        text = unicodedata.normalize("NFC", _NEW_STYLE.sub(_old_style, decomposed))
    if _HAS_ARABIC.search(text):
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_LETTERS)
    return ascii_digits(text)


def ascii_digits(text: str) -> str:
    """Return `text` with the decimal digits of every script as 0 to 9; the length does not change."""
    if text.isascii():
        return text
    return _OTHER_DIGITS.sub(lambda match: str(unicodedata.decimal(match.group())), text)


def _old_style(match: re.Match[str]) -> str:
    first, second, mark = match.groups()
    return first + mark + second if first + second in _NEW_STYLE_PAIRS else match.group()


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
