"""The meeting type of an article, with its probability."""

from civictopics.tagging.keyword_rules import MEETING_TYPES, KeywordMeetingTypes

MeetingTypeTagger = KeywordMeetingTypes

__all__ = ["MEETING_TYPES", "MeetingTypeTagger"]
