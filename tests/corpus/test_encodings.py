import pytest

from civictopics.corpus.encodings import decode, detect_encoding
from civictopics.errors import InputError
from tests.conftest import ARABIC, RUSSIAN, SWEDISH, TEXTS, VIETNAMESE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("code", sorted(TEXTS))
def test_unicode_encodings(code: str, encoding: str) -> None:
    assert decode(TEXTS[code].encode(encoding)) == TEXTS[code]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"), (ARABIC, "cp1256"), (SWEDISH, "cp1252")],
)
def test_eight_bit_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_windows_1258_is_composed() -> None:
    import unicodedata

    # The encoding holds base letters and combining tone marks: circumflex, breve and horn stay with the letter.
    parts = []
    for sign in VIETNAMESE.replace("“", '"').replace("”", '"'):
        try:
            sign.encode("cp1258")
            parts.append(sign)
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", sign)
            tones = [m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323"]
            shape = [m for m in marks if m not in tones]
            parts.append(unicodedata.normalize("NFC", base + "".join(shape)) + "".join(tones))
    assert decode("".join(parts).encode("cp1258")) == VIETNAMESE


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 20, b"abc\x00def" * 50])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decode(data)


def test_short_and_empty() -> None:
    assert decode(b"") == ""
    assert decode(b"ok") == "ok"
    assert detect_encoding("é".encode() * 300_000) == "utf-8"
