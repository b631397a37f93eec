"""The shapes of what is sent in, each strict: an unknown field or another type is refused."""
