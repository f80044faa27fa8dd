"""What readers ask of linked statements, worked out on reading: what is new, open, lost, corrected."""
