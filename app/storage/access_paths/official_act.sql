-- What each official did for each party: listed events, from when to when, and the title and rank told last. These stand
-- behind the day and the id of their event, so that the greatest is the last.
SELECT d.official, act.party, count(DISTINCT d.event) AS events, min(d.date_start) AS first_date,
    max(d.date_end) AS last_date,
    max(concat(told.last, act.title) COLLATE "C") FILTER (WHERE act.title IS NOT NULL) AS title,
    max(concat(told.last, act.rank) COLLATE "C") FILTER (WHERE act.rank IS NOT NULL) AS rank
FROM {events} d
CROSS JOIN LATERAL unnest(d.parties, d.titles, d.ranks) act (party, title, rank)
CROSS JOIN LATERAL concat(to_char(d.sort_date, 'YYYY-MM-DD'), ' ', d.event, ' ') told (last)
WHERE d.listed
GROUP BY 1, 2
