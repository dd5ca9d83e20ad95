import tomllib
from pathlib import Path

import pytest

from civictopics.errors import LanguageFileError
from civictopics.languages import LANGUAGES, load_language, load_languages

FOLDER = Path(__file__).resolve().parents[2] / "civictopics" / "languages"


def _shape(value: object, depth: int = 0) -> object:
    if isinstance(value, dict) and depth < 2:
        return {key: _shape(item, depth + 1) for key, item in sorted(value.items())}
    return type(value).__name__


def _content(code: str) -> dict[str, object]:
    content = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    content.pop("periods", None)  # the grammar's own tests check it
    return content


def test_all_languages_carry_the_same_keys() -> None:
    shapes = {code: _shape(_content(code)) for code in LANGUAGES}
    assert all(shape == shapes["vi"] for shape in shapes.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_belongs_to_two_themes_and_lists_are_full(code: str) -> None:
    language = load_language(code)
    owners: dict[str, str] = {}
    for theme, phrases in language.theme_seeds.items():
        assert len(phrases) >= 30
        for phrase in phrases:
            assert owners.setdefault(phrase, theme) == theme, phrase
    assert all(len(phrases) >= 10 for phrases in language.meeting_terms.values())
    assert len(language.stop_words) >= 100


def test_a_sixth_language_needs_no_code(tmp_path: Path) -> None:
    (tmp_path / "de.toml").write_text((FOLDER / "en.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert load_languages(tmp_path)["de"].direction == "ltr"
    assert set(load_languages(tmp_path)) == {*LANGUAGES, "de"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name = 'German'", "'direction' must be a string"),
        ("name = 'German'\ndirection = 'ltr'", r"\[theme_seeds\] is missing"),
        ("name = ", "not a TOML file"),
        ("name = 'G'\ndirection = 'ltr'\n[theme_seeds]\nemulation = []", "lacks mass_mobilisation"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "de.toml").write_text(content, encoding="utf-8")
    with pytest.raises(LanguageFileError, match=message) as caught:
        load_languages(tmp_path)
    assert "de.toml" in str(caught.value)


def test_an_unknown_language_lists_the_known() -> None:
    with pytest.raises(LanguageFileError, match="vi, en, sv, ru, ar"):
        load_language("xx")
