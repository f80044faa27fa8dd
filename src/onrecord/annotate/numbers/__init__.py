"""What figures are made of: numerals, quantities, ranges and what they count."""
