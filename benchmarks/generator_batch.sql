-- One batch: the events numbered {first} to {last}.

CREATE TEMP TABLE made AS
WITH drawn AS (
  SELECT n, array(
    SELECT DISTINCT 'B' || lpad((1 + least(width_bucket(pg_temp.uniform(n, draw), bounds), {parties} - 1))::text, 4, '0')
    FROM generate_series(1, 2 + floor(5 * power(pg_temp.uniform(n, 20), 4))::int) draw ORDER BY 1) AS parties
  FROM generate_series({first}::bigint, {last}) n, zipf)
SELECT n, pg_temp.make_id(1, n) AS event, DATE '1990-01-01' + floor(pg_temp.uniform(n, 21) * 13480)::int AS day,
  CASE WHEN cardinality(parties) > 1 THEN parties
    ELSE array(SELECT DISTINCT x FROM unnest(parties || ('B' || lpad((1 + n % {parties})::text, 4, '0'))) x ORDER BY 1)
  END AS parties,
  (ARRAY['meeting','meeting','meeting','meeting','meeting','meeting','visit','visit','visit','call','call','agreement',
    'agreement','exercise','transfer','appointment'])[1 + floor(pg_temp.uniform(n, 22) * 16)::int] AS kind,
  CASE WHEN pg_temp.uniform(n, 23) < 0.92 THEN 'occurred' WHEN pg_temp.uniform(n, 23) < 0.97 THEN 'planned'
    ELSE 'cancelled' END AS status,
  1 + floor(pg_temp.uniform(n, 24) * 200)::int AS city,
  places.ids[1 + floor(power(pg_temp.uniform(n, 25), 3) * cardinality(places.ids))::int] AS country,
  array(SELECT DISTINCT topics.ids[1 + floor(power(pg_temp.uniform(n, 26 + t), 2) * cardinality(topics.ids))::int]
    FROM generate_series(0, 1) t ORDER BY 1) AS topics,
  (SELECT string_agg('word' || floor(5000 * power(pg_temp.uniform(n, 30 + w), 3)), ' ')
    FROM generate_series(1, 5) w) AS words,
  (ARRAY['signed','signed','signed','signed','announced','ratified','in_force'])[1 + floor(pg_temp.uniform(n, 52) * 7)::int] AS step
FROM drawn, topics, places
--------
CREATE TEMP TABLE agreed AS
SELECT n, event, pg_temp.make_id(6, n) AS agreement, step, day, topics,
  kind || ' of ' || array_to_string(parties, ', ') || ' in City ' || city AS title
FROM made WHERE kind = 'agreement' AND status = 'occurred'
--------
INSERT INTO agreement (id, title, kind, domain, pledges, status, date_start, date_end, date_precision, date_basis, version)
SELECT agreement, title, (ARRAY['memorandum','memorandum','memorandum','treaty','pact','protocol','joint_declaration',
    'contract'])[1 + floor(pg_temp.uniform(n, 50) * 8)::int],
  topics[1], CASE WHEN pg_temp.uniform(n, 51) < 0.1 THEN ARRAY['consultation'] ELSE '{}' END, step, day, day, 'day', step, 1
FROM agreed
--------
INSERT INTO agreement_party (agreement, party)
SELECT agreement, unnest(parties) FROM agreed JOIN made USING (n)
--------
INSERT INTO agreement_step (id, agreement, step, date_start, date_end, date_precision, event)
SELECT pg_temp.make_id(7, n), agreement, step, day, day, 'day', event FROM agreed
--------
INSERT INTO event (id, kind, status, title, summary, date_start, date_end, date_precision, sort_date, city, country,
  topics, background, confidence, confidence_reasons, review_status, report_count, agreement, version, search_text)
SELECT event, kind, status, title, title || ': ' || words || '.', day, day, 'day', day, 'City ' || city, country, topics,
  false, 0.9, ARRAY['both parties are named'], CASE WHEN n % 20 = 0 THEN 'needs_review' ELSE 'unreviewed' END, 1,
  CASE WHEN kind = 'agreement' AND status = 'occurred' THEN pg_temp.make_id(6, n) END, 1, title || ' ' || words
FROM made, LATERAL (SELECT kind || ' of ' || array_to_string(parties, ', ') || ' in City ' || city AS title) t
--------
INSERT INTO event_party (event, party, role)
SELECT event, party, CASE ordinal WHEN 1 THEN 'host' ELSE 'visitor' END
FROM made, unnest(parties) WITH ORDINALITY AS p (party, ordinal)
--------
INSERT INTO participation (id, event, ordinal, official, party, role, title_as_reported)
SELECT pg_temp.make_id(3, n * 8 + ordinal), event, ordinal, pg_temp.make_id(2, least({officials}, 1 + floor(
    {officials} * before + power(pg_temp.uniform(n, 40 + ordinal::int), 3) * greatest(1, {officials} * (up_to - before))))::bigint),
  party, CASE ordinal WHEN 1 THEN 'host' ELSE 'visitor' END, 'Foreign Minister'
FROM made, unnest(parties) WITH ORDINALITY AS p (party, ordinal), zipf,
  -- A party has as many of the officials as of the events.
  LATERAL (SELECT coalesce(bounds[substr(party, 2)::int - 1], 0) AS before, bounds[substr(party, 2)::int] AS up_to) share
WHERE ordinal <= 2
--------
INSERT INTO article (id, outlet, title, language, published_on, text_sha256, parser_version)
SELECT pg_temp.make_id(4, n), 'daily' || (1 + n % 100) || '.example', 'Story ' || n, 'en', day + 1,
  lpad(to_hex(n), 64, '0'), 'benchmark'
FROM made
--------
INSERT INTO report (id, event, article, ordinal, parser_version, record, confidence, main, active,
  officials, may_be)
SELECT pg_temp.make_id(5, n), event, pg_temp.make_id(4, n), 0, 'benchmark',
  jsonb_build_object('kind', kind, 'status', status, 'mode', null, 'object', null,
    'date', jsonb_build_object('start', day, 'end', day, 'precision', 'day'),
    'place', jsonb_build_object('venue', null, 'city', 'City ' || city, 'country', country), 'topics', topics), 0.9, true,
  true, '{}', '{}'
FROM made
--------
INSERT INTO change (seq, action, entity, entity_id)
SELECT {logged} + n, 'create', 'event', event::text
FROM made ORDER BY n
--------
DROP TABLE agreed
--------
DROP TABLE made
