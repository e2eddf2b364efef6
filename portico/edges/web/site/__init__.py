"""The pages around the areas: home, why something is closed, support, errors."""
