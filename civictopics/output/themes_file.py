"""``themes.json``: each theme with its size, key phrases per language and typical passages."""

import json
from collections.abc import Sequence
from pathlib import Path

from civictopics.tagging.describing import ThemeDescription


def write_themes(path: Path, themes: Sequence[ThemeDescription]) -> None:
    """Write the themes in their order."""
    content = [
        {
            "name": theme.name,
            "kind": theme.kind,
            "n_passages": theme.n_passages,
            "key_phrases": theme.key_phrases,
            "typical_passages": {
                language: [
                    {
                        "id": passage.id,
                        "position": passage.position,
                        "weight": passage.weight,
                        "text": passage.text,
                    }
                    for passage in passages
                ]
                for language, passages in theme.typical.items()
            },
        }
        for theme in themes
    ]
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
