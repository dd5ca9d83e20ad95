"""An html file is one article: its main text, title, date and address, found by trafilatura."""

import re
from collections.abc import Iterator
from pathlib import Path

import trafilatura

from civictopics.corpus.dates import parse_published
from civictopics.corpus.encodings import decode
from civictopics.corpus.limits import Limits, megabytes
from civictopics.corpus.readers.fields import clean_identifier
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.errors import InputError
from civictopics.languages import nfc

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w/+.-]{3,60};base64,[A-Za-z0-9+/=]+")


def read_html(path: Path, source: str, limits: Limits) -> Iterator[RawRecord | Dropped]:
    """Yield the article in an html file, or why it cannot be used."""
    identifier = clean_identifier(path.stem)
    size = path.stat().st_size
    if size > limits.text_file:
        yield Dropped(source, identifier, f"too large: {megabytes(size)}, the limit is {megabytes(limits.text_file)}")
        return
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    try:
        page = decode(data, declared[1].decode("ascii", "ignore") if declared else None)
    except InputError as error:
        yield Dropped(source, identifier, f"unreadable: {error}")
        return
    page = _EMBEDDED.sub("", page)
    if len(page) > limits.html_file:
        yield Dropped(
            source,
            identifier,
            f"too large: {megabytes(len(page))} of markup, the limit is {megabytes(limits.html_file)}",
        )
        return
    yield extract_article(page, source, str(path.parent), identifier)


def extract_article(page: str, source: str, container: str, identifier: str) -> RawRecord | Dropped:
    """Return the article of a page.

    The fast mode of the extractor is not used: where the text stands in `div`,
    `span` or `font`, it takes menus and related headlines for text
    (tests/corpus/test_html.py shows three such pages).
    """
    if not page.strip():
        return Dropped(source, identifier, "empty: the file holds no text")
    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=True, with_metadata=True)
    text = (getattr(found, "text", "") or "") if found is not None else ""
    if not text.strip():
        return Dropped(source, identifier, "empty: no article text found in the page")
    return RawRecord(
        source=source,
        container=container,
        id=identifier,
        text=nfc(text),
        title=" ".join(nfc(getattr(found, "title", "") or "").split()),
        published=parse_published(getattr(found, "date", "") or ""),
        url=getattr(found, "url", "") or "",
    )
