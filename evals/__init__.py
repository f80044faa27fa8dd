"""Scorers and the score card: what onrecord gets right, how fast and with how much memory."""
