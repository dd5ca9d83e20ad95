import random

from civictopics.corpus.repetition import RepeatedLines


def article(seed: int) -> list[str]:
    generator = random.Random(seed)
    return [" ".join("".join(generator.choices("abcdefghij", k=6)) for _ in range(30)) + "." for _ in range(4)]


def counted(texts: list[str], container: str = "site") -> RepeatedLines:
    lines = RepeatedLines()
    for text in texts:
        lines.count(container, text)
    return lines


def test_what_a_site_repeats_goes() -> None:
    texts = ["\n".join(["Today's weather", *article(i), f"Read {i} times", "Follow us"]) for i in range(40)]
    lines = counted(texts)
    for i, text in enumerate(texts):
        stripped, gone = lines.strip("site", text)
        assert stripped == "\n".join(article(i))
        assert len(gone) == 3
        assert lines.strip("site", stripped) == (stripped, [])


def test_a_few_repeats_and_other_sites_do_not_count() -> None:
    texts = ["\n".join([*article(i), "Follow us"]) for i in range(5)]
    assert counted(texts).strip("site", texts[0]) == (texts[0], [])
    many = counted(["\n".join([*article(i), "Follow us"]) for i in range(40)])
    assert many.strip("other", texts[0]) == (texts[0], [])


def test_copies_of_one_article_do_not_make_its_lines_furniture() -> None:
    text = "\n".join(article(1))
    lines = counted([text] * 50 + ["\n".join(article(i)) for i in range(2, 30)])
    assert lines.strip("site", text) == (text, [])


def test_lines_inside_and_long_lines_stay_and_one_line_is_left() -> None:
    long = "word " * 60
    texts = ["\n".join([article(i)[0], "Follow us", article(i)[1], *article(i), long]) for i in range(30)]
    lines = counted(texts)
    assert lines.strip("site", texts[3])[0] == texts[3]
    assert lines.strip("site", "Follow us")[0] == "Follow us"
