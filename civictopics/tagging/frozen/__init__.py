"""Fitted taggers as numbers and JSON: what is stored, and what answers from it without scikit-learn's objects."""
