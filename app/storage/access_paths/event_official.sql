-- Each event under each official who took part in it.
SELECT DISTINCT t.official, e.sort_date, e.id AS event, e.kind, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected') AS listed
FROM event e JOIN participation t ON t.event = e.id
WHERE t.official IS NOT NULL AND e.merged_into IS NULL AND {which}
