-- Parties, officials and outlets of synthetic events, made inside Postgres. Statements are apart by a line of dashes;
-- {names} are filled in.

INSERT INTO party (id, kind, name, source)
SELECT 'B' || lpad(n::text, 4, '0'), 'organization', 'Benchmark party ' || n, 'benchmark'
FROM generate_series(1, {parties}) n
--------
INSERT INTO party_name (party, kind, name, name_key, language)
SELECT id, 'name', name, lower(name), 'en' FROM party WHERE source = 'benchmark'
--------
INSERT INTO official (id, name, sort_key)
SELECT pg_temp.make_id(2, n), 'Given' || n || ' Family' || n, 'family' || n || ' given' || n
FROM generate_series(1, {officials}) n
--------
INSERT INTO official_name (official, name, name_key)
SELECT pg_temp.make_id(2, n), 'Given' || n || ' Family' || n, 'given' || n || ' family' || n
FROM generate_series(1, {officials}) n
--------
INSERT INTO outlet (id, name, kind)
SELECT 'daily' || n || '.example', 'Benchmark Daily ' || n, 'newspaper' FROM generate_series(1, 100) n
