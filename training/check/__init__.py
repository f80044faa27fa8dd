"""Fits the classifiers that tell what a report makes of a claim."""
