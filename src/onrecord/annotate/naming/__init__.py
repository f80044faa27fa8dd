"""What mentions are made of: names, descriptions and what is known of them beforehand."""
