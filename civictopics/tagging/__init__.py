"""Tag articles: meeting type, and themes present."""
