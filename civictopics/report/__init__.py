"""Figures and the report page: `gathering` turns what a run counted into what is shown, the rest only shows it."""
