from pathlib import Path

import numpy as np
import pytest

from civictopics.errors import InputError, ModelError
from civictopics.themes.guided import GUIDED_THEMES, ThemeModel

EMULATION = (
    "The emulation movement was summed up and the emulation council awarded emulation flags to nine collectives."
)
PARTY = "The Party cell admitted four new Party members; the inspection commission checked discipline in Party cells."
POLICE = "Police patrols stopped 40 motorbikes at night and the fire brigade checked the market for fire safety."
FARMS = "Rice yields rose by five per cent and the cooperative sold lychees to a company in the provincial capital."


@pytest.fixture(scope="module")
def model() -> ThemeModel:
    return ThemeModel().fit([])


def test_passages_get_their_theme(model: ThemeModel) -> None:
    weights = model.transform([EMULATION, PARTY, FARMS], ["en"] * 3)
    assert weights.dtype == np.float32
    assert GUIDED_THEMES[int(weights[0].argmax())] == "emulation"
    assert GUIDED_THEMES[int(weights[1].argmax())] == "party_building"
    assert weights[2].max() < 0.5
    assert (weights >= 0).all()
    assert (weights.sum(axis=1) <= 1.001).all()


def test_identities_do_not_depend_on_what_else_is_there(model: ThemeModel) -> None:
    texts = [EMULATION, PARTY, POLICE, FARMS]
    together = model.transform(texts, ["en"] * 4)
    for row, text in enumerate(texts):
        assert np.allclose(ThemeModel().fit(texts).transform([text], ["en"])[0], together[row], atol=1e-4)


def test_order_of_languages_does_not_matter(model: ThemeModel) -> None:
    texts = [EMULATION, "Chi bộ kết nạp bốn đảng viên mới.", FARMS]
    there = model.transform(texts, ["en", "vi", "en"])
    back = model.transform(texts[::-1], ["en", "vi", "en"])
    assert np.allclose(there, back[::-1], atol=1e-4)


def test_an_article_is_read_whole(model: ThemeModel) -> None:
    weights, themes, main, chance = model.transform_article("Party cells in review", [PARTY, PARTY, FARMS], "en")
    assert weights.shape == (3, 4)
    assert themes == ["party_building"]
    assert main == "party_building"
    assert 0 < chance <= 1


def test_security_outside_the_season_is_not_that_of_tet(model: ThemeModel) -> None:
    reading = model.transform_article("Police patrols", [POLICE, POLICE], "en")
    assert "tet_security" not in reading.themes
    assert reading.passage_weights[:, GUIDED_THEMES.index("tet_security")].max() == 0


def test_many_articles_are_read_as_one_by_one(model: ThemeModel) -> None:
    articles, titles = [[PARTY, FARMS], [EMULATION]], ["Party cells", ""]
    many = model.transform_articles(titles, articles, ["en", "en"])
    for reading, title, passages in zip(many, titles, articles, strict=True):
        alone = model.transform_article(title, passages, "en")
        assert reading.themes == alone.themes
        assert reading.main_theme == alone.main_theme
        assert np.allclose(reading.passage_weights, alone.passage_weights, atol=1e-4)


def test_a_language_without_learned_scores_is_read_by_seeds(model: ThemeModel) -> None:
    weights = model.transform([EMULATION, FARMS], ["xx", "xx"])
    assert weights[0, 0] > 0.5
    assert weights[1].max() < 0.3


def test_nothing_to_read(model: ThemeModel) -> None:
    assert model.transform([], []).shape == (0, 4)
    assert model.transform_articles([], [], []) == []
    with pytest.raises(InputError, match="has no passages"):
        model.transform_article("Empty", [], "en")


def test_wrong_arguments_are_named(model: ThemeModel) -> None:
    with pytest.raises(InputError, match="1 languages for 2 texts"):
        model.transform([EMULATION, PARTY], ["en"])
    with pytest.raises(InputError, match=r"shape \(3, 2\) for 1 passages"):
        model.transform([EMULATION], ["en"], embeddings=np.zeros((3, 2)))
    with pytest.raises(ModelError, match="7 dimensions"):
        model.transform([EMULATION], ["en"], embeddings=np.zeros((1, 7)))


def test_inputs_stay_as_they_are(model: ThemeModel) -> None:
    texts, codes = [EMULATION, PARTY], ["en", "en"]
    model.transform(texts, codes)
    assert texts == [EMULATION, PARTY]
    assert codes == ["en", "en"]


def test_a_fifth_theme_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text('[digital]\nen = ["online public services", "digital government"]\n', encoding="utf-8")
    model = ThemeModel(extra_themes=path).fit([])
    assert model.themes_ == (*GUIDED_THEMES, "digital")
    text = "Digital government and online public services reached every commune; digital government is a task."
    weights, themes, _, _ = model.transform_article("Digital government", [text, FARMS], "en")
    assert weights.shape == (2, 5)
    assert weights[0, 4] > 0.5
    assert weights[1, 4] == 0
    assert "digital" in themes
    assert np.allclose(model.transform([PARTY], ["en"])[:, :4], ThemeModel().fit([]).transform([PARTY], ["en"]))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no theme"),
        ("[digital]\n", r"\[digital\] is empty"),
        ("[digital]\nen = []\n", r"\[digital\] is empty"),
        ('[digital]\nen = ["a b"]\n[digital]\nen = ["c d"]\n', "not a TOML file"),
        ('[first]\nen = ["a b"]\n[second]\nen = ["A b"]\n', "duplicates"),
        ('[emulation]\nen = ["a b"]\n', "is taken"),
        ('[digital]\nxx = ["a b"]\n', "unknown language 'xx'"),
        ('[digital]\nen = [""]\n', "non-empty strings"),
        ("digital = 3\n", "must be a table"),
    ],
)
def test_wrong_theme_files_are_explained(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        ThemeModel(extra_themes=path).fit([])


def test_damaged_weights_are_noticed(tmp_path: Path) -> None:
    import shutil

    import civictopics

    home = Path(civictopics.__file__).parent / "pretrained" / "themes"
    shutil.copytree(home, tmp_path / "themes")
    path = tmp_path / "themes" / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(ModelError, match="damaged"):
        ThemeModel(weights_folder=tmp_path / "themes").fit([])


def test_the_weights_are_small() -> None:
    import civictopics

    home = Path(civictopics.__file__).parent / "pretrained" / "themes"
    assert sum(path.stat().st_size for path in home.iterdir()) <= 3_000_000
