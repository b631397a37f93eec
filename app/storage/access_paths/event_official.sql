-- Each event under each official who took part in it, with what they did it as: a party, title and rank for each part.
SELECT t.official, e.sort_date, e.id AS event, e.kind, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected') AS listed,
    array_agg(t.party ORDER BY t.ordinal) AS parties, array_agg(t.title_as_reported ORDER BY t.ordinal) AS titles,
    array_agg(t.rank ORDER BY t.ordinal) AS ranks
FROM event e JOIN participation t ON t.event = e.id
WHERE t.official IS NOT NULL AND e.merged_into IS NULL AND {which}
GROUP BY e.id, t.official
