-- What a connection makes events with: every value is a hash of the event's number and the seed, so that a size and
-- a seed give the same rows on every machine.

CREATE FUNCTION pg_temp.uniform(number bigint, salt int) RETURNS double precision LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(number, salt * 1000 + {seed}) & 9007199254740991) / 9007199254740992.0 $$
--------
CREATE FUNCTION pg_temp.make_id(kind int, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex(kind), 8, '0') || lpad(to_hex(number), 24, '0'))::uuid $$
--------
CREATE TEMP TABLE zipf AS
WITH weights AS (SELECT n, sum(1.0 / n) OVER (ORDER BY n) AS up_to FROM generate_series(1, {parties}) n)
SELECT array_agg(up_to / (SELECT max(up_to) FROM weights) ORDER BY n)::double precision[] AS bounds FROM weights
--------
CREATE TEMP TABLE topics AS SELECT string_to_array('{topics}', ',') AS ids
--------
CREATE TEMP TABLE places AS
SELECT array_agg(id ORDER BY id) AS ids FROM party WHERE kind = 'country' AND dissolved IS NULL
