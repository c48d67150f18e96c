"""Shape: what may be written where, from ``schemas/``; errors in people's words. Knows no law."""
