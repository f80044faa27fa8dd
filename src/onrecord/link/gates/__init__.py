"""What two statements must have in common before they are compared: matter, scope, voice, polarity."""
