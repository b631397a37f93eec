"""What answers look like: models of their own, so that the tables stay free to change."""
