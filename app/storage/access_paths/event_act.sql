-- Each event under each official and the party that they acted for in it, with their title and rank there.
SELECT t.official, t.party, e.id AS event, e.sort_date, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected') AS listed,
    max(t.title_as_reported) AS title, max(t.rank) AS rank
FROM event e JOIN participation t ON t.event = e.id
WHERE t.official IS NOT NULL AND e.merged_into IS NULL AND {which}
GROUP BY e.id, t.official, t.party
