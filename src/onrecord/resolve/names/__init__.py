"""Names -> entities: people, bodies, countries, and what keeps two names apart."""
