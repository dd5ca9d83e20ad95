import re
import warnings
from pathlib import Path

from matplotlib.figure import Figure

from civictopics.report.style import figure_style, save


def glyphs(folder: Path, text: str) -> list[tuple[float, str]]:
    """Return the glyphs that a text is drawn with, from left to right: place and outline."""
    with figure_style():
        figure = Figure(figsize=(6, 1))
        figure.text(0.02, 0.5, text)
    save(figure, folder, "text")
    drawn = (folder / "text.svg").read_text(encoding="utf-8")
    outlines = dict(re.findall(r'<path id="([^"]+)" d="([^"]+)"', drawn))
    found = []
    for use in re.findall(r"<use [^>]+>", drawn):
        name = re.search(r'href="#([^"]+)"', use)
        place = re.search(r"translate\(([\d.-]+)", use)
        if name and name[1] in outlines:
            found.append((float(place[1]) if place else 0.0, outlines[name[1]]))
    return sorted(found)


def test_no_glyph_is_missing(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a missing glyph warns
        assert len(glyphs(tmp_path, "Dân vận khéo · массовая мобилизация · التعبئة الجماهيرية")) > 40


def test_arabic_is_shaped_and_runs_from_right_to_left(tmp_path: Path) -> None:
    apart = {outline for _, outline in glyphs(tmp_path, "ب ب ب")}
    joined = [outline for _, outline in glyphs(tmp_path, "ببب")]
    assert len(apart) == 1
    assert len(set(joined)) == 3  # initial, medial and final form
    with_alef = [outline for _, outline in glyphs(tmp_path, "بببا")]
    assert with_alef[-1] == joined[-1]  # the first letter stands rightmost
    assert with_alef[0] not in joined  # and the last one, alef, leftmost


def test_figures_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    content = []
    for i in range(2):
        with figure_style():
            figure = Figure(figsize=(3, 2))
            figure.add_subplot().plot([1, 2], [i * 0 + 1, 3])
        save(figure, tmp_path, f"f{i}")
        content.append([(tmp_path / f"f{i}.{kind}").read_bytes() for kind in ("png", "svg")])
    assert content[0] == content[1]
