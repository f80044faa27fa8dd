"""Makes the model weights of onrecord; never imported by the package itself."""
