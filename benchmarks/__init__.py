"""Figures beside the baselines of the same run: `make bench`."""
