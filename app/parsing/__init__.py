"""From an article to its events: pure functions, one file a step, lexicons and frames as data.

read_articles(raw text)  split.py     -> articles, one for each story in a file
parse_article(article)   pipeline.py  -> EventRecords

clean -> sentences -> dates -> mentions -> linking -> frames -> events -> evidence -> confidence
"""
