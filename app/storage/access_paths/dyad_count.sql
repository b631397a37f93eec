-- Listed events by pair, month, year and in all, of each kind and of any; `any` and `all` are sums.
SELECT d.a, d.b,
    CASE WHEN grouping(d.month) = 0 THEN 'month' WHEN grouping(d.year) = 0 THEN 'year' ELSE 'all' END AS grain,
    coalesce(d.month, d.year, DATE '0001-01-01') AS period, coalesce(d.kind, 'any') AS kind, count(*) AS events,
    min(d.date_start) AS first_date, max(d.date_end) AS last_date
FROM (
    SELECT a, b, kind, date_start, date_end, date_trunc('year', date_start::timestamp)::date AS year,
        date_trunc('month', date_start::timestamp)::date AS month
    FROM {events} WHERE listed) d
GROUP BY GROUPING SETS ((d.a, d.b, d.kind), (d.a, d.b, d.kind, d.year), (d.a, d.b, d.kind, d.year, d.month),
    (d.a, d.b), (d.a, d.b, d.year), (d.a, d.b, d.year, d.month))
HAVING grouping(d.year) = 1 OR d.year IS NOT NULL
