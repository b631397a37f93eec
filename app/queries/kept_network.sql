-- The strongest ties of a period, each with the events of both parties, out of the counts that are kept.
WITH still_on AS MATERIALIZED (
    -- What began before the period and was still on at its start is counted one by one: it is little, and has an index.
    SELECT d.a, d.b, count(*) AS events, min(d.date_start) AS first_date, max(d.date_end) AS last_date
    FROM event e JOIN event_dyad d ON d.event = e.id
    WHERE e.date_start < e.date_end AND daterange(e.date_start, e.date_end, '[]') @> CAST(:first_day AS date)
        AND e.date_start < CAST(:first_day AS date) AND d.listed AND :kind IN ('any', d.kind)
    GROUP BY d.a, d.b),
kept AS NOT MATERIALIZED (
    SELECT a, b, events, first_date, last_date FROM dyad_count
    WHERE grain = :grain AND period = CAST(:first_day AS date) AND kind = :kind),
-- Whichever are the strongest in all are among those with the highest counts and those with something still on.
strong AS (
    (SELECT a, b FROM kept WHERE a < b ORDER BY events DESC, a, b LIMIT :limit)
    UNION SELECT a, b FROM still_on WHERE a < b),
summed AS (
    SELECT strong.a, strong.b, coalesce(k.events, 0) + coalesce(o.events, 0) AS events,
        least(k.first_date, o.first_date) AS first_date, greatest(k.last_date, o.last_date) AS last_date
    FROM strong
    LEFT JOIN kept k ON k.a = strong.a AND k.b = strong.b
    LEFT JOIN still_on o ON o.a = strong.a AND o.b = strong.b),
ties AS (
    SELECT a AS source, b AS target, events, first_date, last_date FROM summed
    WHERE events >= :min_events ORDER BY events DESC, a, b LIMIT :limit),
active AS (
    SELECT one.party, coalesce(k.events, 0) + coalesce(o.events, 0) AS events
    FROM (SELECT source AS party FROM ties UNION SELECT target FROM ties) one
    LEFT JOIN kept k ON k.a = one.party AND k.b = one.party
    LEFT JOIN still_on o ON o.a = one.party AND o.b = one.party)
SELECT ties.*, of_source.events AS source_events, of_target.events AS target_events,
    (SELECT count(*) FROM (SELECT FROM kept WHERE a < b AND events >= :min_events LIMIT :counted) few) + (
        SELECT count(*) FROM still_on o LEFT JOIN kept k ON k.a = o.a AND k.b = o.b
        WHERE o.a < o.b AND coalesce(k.events, 0) < :min_events
            AND coalesce(k.events, 0) + o.events >= :min_events) AS edge_count
FROM ties
JOIN active of_source ON of_source.party = ties.source
JOIN active of_target ON of_target.party = ties.target
