"""Metrics, intervals and tests, by groups."""
