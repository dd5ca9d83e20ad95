"""What a run writes: its folder, tables, themes and provenance."""
