"""Experiments from declarations: cells that run once, tables and figures made from them."""
