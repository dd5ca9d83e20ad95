import json
from pathlib import Path

import pytest

from civictopics.errors import InputError
from civictopics.tagging.article_explanation import as_plain, explain_article
from civictopics.tagging.explanation_text import explanation_lines
from civictopics.tagging.run_folder import find_article
from tests.commands import command
from tests.own_labels import events, write_run


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("runs") / "run")


def test_everything_that_decided_is_said(run: Path) -> None:
    identifier = f"{events(2)[0].group}.vi"
    article, translations = find_article(run, identifier)
    found = explain_article(article, translations)
    text = "\n".join(explanation_lines(found))
    for part in (
        "MEETING TYPE: congress",
        "THEMES:",
        "REPORTING PERIOD:",
        "PLAN PERIOD",
        "«đại hội»",
        "the same in en",
    ):
        assert part in text
    assert found.event in article.text
    assert "the same paragraph in en" in text
    plain = as_plain(found)
    assert json.loads(json.dumps(plain, ensure_ascii=False)).keys() == plain.keys()
    assert plain["label"]["label"] == "congress"
    assert plain["label"]["reasons"][0]["words"]
    assert plain["themes"]["present"] == found.reading.themes
    for passage in plain["label"]["passages"]:
        assert passage["text"] in (article.title, *article.text.split("\n"))


def test_seeds_are_words_of_the_passage(run: Path) -> None:
    article, _ = find_article(run, f"{events(2)[0].group}.en")
    found = explain_article(article)
    assert found.themes
    for reason in found.themes:
        assert reason.text in article.text.replace("\n", " ") or reason.text in article.text
        for word, _ in reason.words:
            assert word in reason.text.casefold()


@pytest.mark.parametrize("language", ["xx", ""])
def test_articles_in_any_language_and_without_words(language: str) -> None:
    from civictopics.corpus.records import Article

    for text in ("...", "Kỳ họp. \x1b[31m Hội nghị", "a " * 3000):
        article = Article("x", "x", "x", language, 0.0, "", "", text, "")
        lines = list(explanation_lines(explain_article(article)))
        assert not any("\x1b" in line for line in lines), "control characters do not reach a terminal"


def test_the_command(run: Path, tmp_path: Path) -> None:
    identifier = f"{events(2)[0].group}.vi"
    code, said = command("explain", identifier, "--run", run)
    assert (code, said.splitlines()[0][:8]) == (0, "article ")
    code, said = command("explain", identifier, "--run", run, "--json")
    assert json.loads(said)["id"] == identifier
    (tmp_path / "a.txt").write_text(events(2)[0].text("vi"), encoding="utf-8")
    assert command("explain", "a", tmp_path / "a.txt")[0] == 0
    assert command("explain", "b", tmp_path / "a.txt") == (1, "no article 'b' in the inputs; there are: a")
    assert command("explain", "a")[0] == 2
    assert command("explain", "a", tmp_path / "a.txt", "--run", run)[0] == 2


def test_an_id_that_is_not_there_names_those_like_it(run: Path, tmp_path: Path) -> None:
    group = events(2)[0].group
    with pytest.raises(InputError, match=f"ids like it: {group}"):
        find_article(run, group[:12])
    with pytest.raises(InputError, match="holds no finished run"):
        find_article(tmp_path, "x")
    (tmp_path / "run.json").write_text("{}")
    (tmp_path / "articles.parquet").write_text("no")
    with pytest.raises(InputError, match="cannot be read"):
        find_article(tmp_path, "x")
