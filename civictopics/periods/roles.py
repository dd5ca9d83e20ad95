"""What a text does with a span, told by rules: reports on it, plans for it, compares with it, mentions it."""

from civictopics.periods.calendar import Anchor
from civictopics.periods.readings import Reading
from civictopics.periods.rules import Resolved
from civictopics.periods.surroundings import Surroundings

_DOCUMENT_RULES = frozenset({"date", "year", "years", "month"})


def stated_role(reading: Reading, around: Surroundings) -> str:
    """Return the role that the words around a span tell, empty when they do not."""
    constants, cues = reading.constants, around.cues
    if "role" in constants:
        return str(constants["role"])
    if constants.get("target"):
        return "mentioned"
    if "COMPARE near" in cues:
        return "compared"
    if "ANNIVERSARY near" in cues or (reading.rule in _DOCUMENT_RULES and "DOCUMENT near" in cues):
        return "mentioned"
    if "REVIEW near" in cues:
        return "reported"
    if constants.get("rel") == 1 or reading.values.get("rel") == 1 or constants.get("edge") == "last":
        return "planned"
    if "PLAN near" in cues or ("PLAN left" in cues and "REVIEW left" not in cues):
        return "planned"
    if "FUTURE right" in cues and around.opens_sentence:
        return "planned"
    if "REVIEW left" in cues or "REPORT near" in cues:
        return "reported"
    return ""


def settle_role(stated: str, resolved: Resolved, around: Surroundings, anchor: Anchor) -> str:
    """Return the role of a span once its interval is known."""
    if stated in ("compared", "mentioned"):
        return stated
    today = f"{anchor.year:04d}-{anchor.month or 12:02d}-{anchor.day or 28:02d}" if anchor.year else ""
    if today and resolved.start > today:
        return "planned" if stated != "reported" else "mentioned"
    if resolved.single_day:
        return "mentioned"
    if today and resolved.end and resolved.end < today[:7] and stated == "planned":
        return "reported" if "RESULT sentence" in around.cues else "planned"
    if stated:
        return stated
    return "reported" if "RESULT right" in around.cues or "REPORT left" in around.cues else "mentioned"
