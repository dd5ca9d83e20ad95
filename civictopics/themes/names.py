"""The names that never change: themes and subjects, in the order of every table."""

GUIDED_THEMES = ("emulation", "mass_mobilisation", "tet_security", "party_building")
"""The four themes."""

NO_THEME = "other"
"""What a passage about none of the four is called."""

SUBJECTS = ("elected_bodies", "economy", "society", "law_order", "foreign_affairs", "other")
"""Main subjects outside the four themes, as in the codebook."""

MAIN_THEMES = (*GUIDED_THEMES, *SUBJECTS)
"""What an article may mainly be about."""
