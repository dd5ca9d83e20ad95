"""The README says what was measured."""

from pathlib import Path

from experiments import write_readme_results

README = Path(__file__).resolve().parent.parent / "README.md"


def test_the_table_of_results_is_what_the_tables_say() -> None:
    text = README.read_text(encoding="utf-8")
    assert write_readme_results.filled(text) == text, "run experiments/write_readme_results.py"


def test_every_linked_file_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    links = [part.split(")")[0] for part in text.split("](")[1:]]
    assert links
    assert not [link for link in links if "://" not in link and not (README.parent / link).exists()]
