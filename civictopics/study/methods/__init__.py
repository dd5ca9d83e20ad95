"""The methods of each question as functions of a data set and a seed; they import what they need when they run."""
