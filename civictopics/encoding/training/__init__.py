"""Train the shipped encoder from corpus and phrasebook: numpy and scipy, one thread, the same bytes each time."""
