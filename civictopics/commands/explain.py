"""What the command ``explain`` does."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

# Commands import what they need when they run, so that --help answers at once.

Identifier = Annotated[str, typer.Argument(help="Id of an article, as in tags.csv.")]
Inputs = Annotated[list[Path] | None, typer.Argument(help="Files and folders of articles, where there is no --run.")]
Run = Annotated[Path | None, typer.Option("--run", help="Folder of a finished run.")]
OwnModel = Annotated[
    Path | None, typer.Option("--model", help="Explain the label of this model folder instead of the meeting type.")
]
Languages = Annotated[Path | None, typer.Option("--languages", help="Folder of further language files.")]
Known = Annotated[str, typer.Option("--known", help="Language that you read: its translation is shown beside.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def explain(
    identifier: Identifier,
    inputs: Inputs = None,
    run: Run = None,
    model: OwnModel = None,
    languages: Languages = None,
    known: Known = "en",
    as_json: AsJson = False,
) -> Iterator[str]:
    """Say which words, cues and passages decided an article's meeting type, themes and periods."""
    from civictopics.corpus.assembling import ReadingSettings
    from civictopics.corpus.reading import read_corpus
    from civictopics.errors import InputError, ModelError, UsageError
    from civictopics.tagging.article_explanation import as_plain, explain_article
    from civictopics.tagging.explanation_text import explanation_lines
    from civictopics.tagging.run_folder import find_article
    from civictopics.tagging.stored_tagger import load_tagger

    if (run is None) == (not inputs):
        raise UsageError("give --run, a finished run, or files and folders of articles; one of the two")
    if run is not None:
        article, translations = find_article(run, identifier)
    else:
        corpus = read_corpus(*(inputs or ()), settings=ReadingSettings(languages_folder=languages))
        chosen = [found for found in corpus if found.id == identifier]
        if not chosen:
            ids = ", ".join(found.id for found in list(corpus)[:5])
            raise InputError(f"no article {identifier!r} in the inputs; there are: {ids or 'none'}")
        article = chosen[0]
        translations = [found for found in corpus if found.group == article.group and found.id != article.id]
    tagger, task = None, "meeting type"
    if model is not None:
        own = load_tagger(model)
        own.check_language(article.lang, f"{article.source} (id {article.id!r})")
        tagger, task = own.tagger_, own.task
        if tagger is None:
            raise ModelError(
                f"{model}: made by {own.method}, which cannot be explained; train with --method combination"
            )
    found = explain_article(article, translations, languages, tagger, task)
    if as_json:
        yield json.dumps(as_plain(found), ensure_ascii=False, indent=1)
    else:
        yield from explanation_lines(found, known)
