"""What is asked of a whole registry, by rules, screenings and documents alike."""
