-- Each event under each pair of its parties, but for convenors, and alone, as a pair with itself, under each party
-- and under all of them, `*`.
SELECT one.party AS a, other.party AS b, e.sort_date, e.id AS event, e.kind, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected') AS listed
FROM event e
JOIN LATERAL (
    SELECT party, bool_or(role <> 'convenor') AS acts FROM event_party WHERE event = e.id GROUP BY party) one ON true
JOIN LATERAL (
    SELECT party, bool_or(role <> 'convenor') AS acts FROM event_party WHERE event = e.id GROUP BY party) other
    ON other.party = one.party
    OR (one.acts AND other.acts AND one.party COLLATE "C" < other.party COLLATE "C")
WHERE e.merged_into IS NULL AND {which}
UNION ALL
SELECT '*', '*', e.sort_date, e.id, e.kind, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected')
FROM event e
WHERE e.merged_into IS NULL AND {which}
