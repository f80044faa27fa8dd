"""Trains what judges how sure a sentence is of each event in it, and writes the weights that ship."""
