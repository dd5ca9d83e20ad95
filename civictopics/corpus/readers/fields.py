"""The fields of a record in jsonl, csv and parquet files."""

from collections.abc import Mapping

from civictopics.corpus.limits import Limits, megabytes
from civictopics.corpus.records import Dropped, RawRecord
from civictopics.languages import nfc

FIELDS = ("id", "title", "text", "published", "lang", "group", "url")


def record_from_fields(
    fields: Mapping[str, object], source: str, container: str, fallback_id: str, limits: Limits
) -> RawRecord | Dropped:
    """Return the record that `fields` describe, or why it cannot be used.

    Unknown fields are ignored; a field that is no string is taken as its text.
    """
    values = {name: _as_text(fields.get(name)) for name in FIELDS}
    identifier = clean_identifier(values["id"]) or fallback_id
    if not values["text"].strip():
        return Dropped(source, identifier, "empty: no text")
    size = len(values["text"].encode("utf-8", "replace"))
    if size > limits.record:
        return Dropped(
            source,
            identifier,
            f"too large: a text of {megabytes(size)}, the limit is {megabytes(limits.record)}",
        )
    return RawRecord(
        source=source,
        container=container,
        id=identifier,
        text=nfc(values["text"]),
        title=" ".join(nfc(values["title"]).split()),
        published=values["published"].strip(),
        lang=values["lang"].strip().casefold(),
        group=clean_identifier(values["group"]),
        url=values["url"].strip(),
    )


def clean_identifier(value: str) -> str:
    r"""Return an id or group name without line breaks and control characters, at most 200 characters.

    Examples
    --------
    >>> clean_identifier(" ../a\nb ")
    '../a b'
    """
    printable = "".join(sign if sign.isprintable() else " " for sign in nfc(value))
    return " ".join(printable.split())[:200]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)
