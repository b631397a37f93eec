-- What each official did for each party: listed events, from when to when, and the title and rank told last. These stand
-- behind the day and the id of their event, so that the greatest is the last.
SELECT d.official, d.party, count(*) AS events, min(d.date_start) AS first_date, max(d.date_end) AS last_date,
    max(concat(told.last, d.title) COLLATE "C") FILTER (WHERE d.title IS NOT NULL) AS title,
    max(concat(told.last, d.rank) COLLATE "C") FILTER (WHERE d.rank IS NOT NULL) AS rank
FROM {events} d
CROSS JOIN LATERAL concat(to_char(d.sort_date, 'YYYY-MM-DD'), ' ', d.event, ' ') told (last)
WHERE d.listed
GROUP BY 1, 2
