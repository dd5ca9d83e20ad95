"""Figures and the report page; they read what was counted and compute nothing."""
