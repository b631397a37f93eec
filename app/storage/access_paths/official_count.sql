-- Listed events of each official, of each kind and of any.
SELECT d.official, coalesce(d.kind, 'any') AS kind, count(*) AS events
FROM {events} d
WHERE d.listed
GROUP BY GROUPING SETS ((d.official, d.kind), (d.official))
