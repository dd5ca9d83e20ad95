import tomllib
from pathlib import Path

from civictopics.themes.extra import read_extra_themes
from experiments import theme_docs


def test_the_numbers_of_the_page_are_those_of_the_results() -> None:
    page = theme_docs.PAGE.read_text(encoding="utf-8")
    assert page.endswith(theme_docs.section())


def test_the_fifth_theme_of_the_page_can_be_read(tmp_path: Path) -> None:
    page = theme_docs.PAGE.read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    path = tmp_path / "themes.toml"
    path.write_text(example, encoding="utf-8")
    assert read_extra_themes(path).names == ("digital_government",)
