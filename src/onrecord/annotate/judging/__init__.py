"""How sure a sentence is of each event in it, judged by a trained model; the rules beside it are in `certainty`."""
