"""From raw text to stored events: it becomes articles, they are read, and what they say is stored."""
