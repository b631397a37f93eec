-- Listed events by pair, month, year and in all, of each kind and of any; `any` and `all` are sums.
SELECT d.a, d.b, g.grain, g.period, k.kind, count(*) AS events, min(d.date_start) AS first_date,
    max(d.date_end) AS last_date
FROM {events} d
CROSS JOIN LATERAL (VALUES
    ('all', DATE '0001-01-01'),
    ('year', date_trunc('year', d.date_start)::date),
    ('month', date_trunc('month', d.date_start)::date)) g (grain, period)
CROSS JOIN LATERAL (VALUES ('any'), (d.kind)) k (kind)
WHERE d.listed AND g.period IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
