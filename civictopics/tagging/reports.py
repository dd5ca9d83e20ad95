"""Invented reports in five languages that the meeting-type tagger learns from, beside the reference corpus."""

import json
from importlib.resources import files
from pathlib import Path

from civictopics.corpus.records import Article
from civictopics.errors import InputError
from civictopics.tagging.keyword_rules import MEETING_TYPES

REPORTS = "reports"
"""The source that they are known by."""

_NAME = "reports.jsonl"


def load_reports(path: Path | None = None) -> list[Article]:
    """Return the reports of ``data/meeting-types/reports.jsonl`` in every language; translations share a group.

    Parameters
    ----------
    path : Path, optional
        Another file: one JSON object a line with `id`, `meeting_type`, `title` and `text`
        by language.

    Raises
    ------
    InputError
        If there is no such file, a line is no such object, or its type is not one of the codebook.
    """
    home = path or Path(str(files("civictopics"))).parent / "data" / "meeting-types" / _NAME
    if not home.is_file():
        raise InputError(f"no {home.name} in {home.parent}: the reports are in the repository, not in the package")
    found = []
    for number, line in enumerate(home.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            name, kind, titles, texts = (record[key] for key in ("id", "meeting_type", "title", "text"))
            pairs = [(language, str(titles[language]), str(texts[language])) for language in texts]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{home.name}, line {number}: not a report ({error})") from error
        if kind not in MEETING_TYPES:
            raise InputError(f"{home.name}, line {number}: no meeting type {kind!r}")
        for language, title, text in pairs:
            found.append(
                Article(
                    id=f"{name}.{language}",
                    source=REPORTS,
                    group=f"report:{name}",
                    lang=language,
                    lang_probability=1.0,
                    published="",
                    title=title,
                    text=text,
                    url="",
                    labels={"meeting_type": kind},
                )
            )
    return found
