"""Makes the weights that tell how alike two sentences are in meaning."""
