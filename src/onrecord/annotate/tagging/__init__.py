"""Attributions by a trained tagger: words, windows, labels, links. numpy, tokenizers and onnxruntime alone."""
