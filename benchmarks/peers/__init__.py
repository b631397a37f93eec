"""Other ways to serve the same events, written as their users would write them."""
