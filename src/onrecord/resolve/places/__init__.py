"""Names of places -> the place that is meant."""
