"""How large what is read may be."""

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_ARTICLE_BYTES = 2 * 1024 * 1024
