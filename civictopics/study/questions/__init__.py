"""One file per question: its measures, its methods and its data sets."""
