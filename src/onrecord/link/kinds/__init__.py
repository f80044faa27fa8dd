"""The kinds of links, each drawn by pure functions with its reasons."""
