"""Read articles from files, clean them, name their language and date, drop duplicates, cut passages."""
