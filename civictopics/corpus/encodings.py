"""Decode bytes whose encoding nobody states."""

import codecs

from charset_normalizer import from_bytes

from civictopics.errors import InputError
from civictopics.languages import nfc

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ["cp1251", "koi8_r", "cp1256", "cp1258", "cp1252"]
_SAMPLE = 200_000
_VIETNAMESE_OF_1258 = frozenset("ăâđêôơư\u0300\u0301\u0303\u0309\u0323")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data` in NFC.

    UTF-8 and UTF-16 are recognised with and without a byte-order mark, then the
    8-bit encodings of the five languages (windows-1251, KOI8-R, windows-1256,
    windows-1258, windows-1252).

    Parameters
    ----------
    data : bytes
        The file's content.
    declared : str, optional
        An encoding that the file itself names; used where it decodes.

    Raises
    ------
    InputError
        If the bytes are no text.
    """
    encoding = detect_encoding(data, declared)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"not text: no encoding fits ({error.reason} at byte {error.start})") from error
    return nfc(text.removeprefix("\ufeff"))


def detect_encoding(data: bytes, declared: str | None = None) -> str:
    """Return the name of the encoding that `data` is in.

    Raises
    ------
    InputError
        If the bytes are no text (they hold NUL or mostly control characters).
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    valid = _is_utf8(sample)
    if not valid or b"\0" in sample:
        wide = _utf16_without_mark(sample)
        if wide:
            return wide
    if b"\0" in sample:
        raise InputError("not text: it holds NUL bytes")
    _refuse_control_characters(sample)
    if valid:
        return "utf-8"
    if declared and _decodes(sample, declared):
        return declared
    return _eight_bit(sample)


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < _SAMPLE)
    except UnicodeDecodeError:
        return False
    return True


def _utf16_without_mark(sample: bytes) -> str:
    if len(sample) < 4:
        return ""
    for name, low in (("utf-16-le", 0), ("utf-16-be", 1)):
        high = sample[1 - low :: 2]
        common = max(high.count(value) for value in (0x00, 0x04, 0x06))
        if common > 0.6 * len(high) and _decodes(sample[: len(sample) // 2 * 2], name):
            text = sample[: len(sample) // 2 * 2].decode(name, "ignore")
            if sum(sign.isalpha() or sign.isspace() for sign in text) > 0.7 * len(text):
                return name
    return ""


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _refuse_control_characters(sample: bytes) -> None:
    control = sum(sample.count(value) for value in range(0x20) if value not in (0x09, 0x0A, 0x0C, 0x0D))
    if control > 0.01 * len(sample):
        raise InputError("not text: it holds control characters")


def _eight_bit(sample: bytes) -> str:
    if _decodes(sample, "cp1258"):
        text = sample.decode("cp1258").casefold()
        letters = sum(sign.isalpha() for sign in text)
        marked = sum(sign in _VIETNAMESE_OF_1258 for sign in text)
        # In Vietnamese about a fifth of the letters carry such a mark; Western texts read as 1258 have next to none,
        # and Cyrillic or Arabic ones hardly any plain Latin letter.
        plain = sum("a" <= sign <= "z" for sign in text)
        if marked > 0.08 * letters and plain > 0.4 * letters:
            return "cp1258"
    best = from_bytes(sample, cp_isolation=_CANDIDATES, threshold=0.5).best()
    if best is None:
        raise InputError(f"not text: none of UTF-8, UTF-16, {', '.join(_CANDIDATES)} fits")
    return best.encoding
