-- Events as JSON, key for key what the API's EventResponse says; a test holds them equal.
SELECT e.id AS event, convert_to(row_to_json(shown)::text, 'UTF8') AS doc
FROM event e, LATERAL (SELECT
    'evt_' || replace(e.id::text, '-', '') AS id,
    e.kind, e.mode, e.status, e.title, e.summary, e.date_start, e.date_end, e.date_precision,
    (SELECT row_to_json(x) FROM (SELECT e.venue, e.city, e.country) x) AS place,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT p.id, p.kind, p.name, ep.role FROM event_party ep JOIN party p ON p.id = ep.party
            WHERE ep.event = e.id ORDER BY p.id, ep.role) x) AS parties,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT
                {participant}
            FROM participation t WHERE t.event = e.id ORDER BY t.ordinal) x) AS participants,
    (
        SELECT row_to_json(x) FROM (
            SELECT
                d.party,
                (SELECT row_to_json(y) FROM (
                    SELECT 'off_' || replace(o.id::text, '-', '') AS id, o.name
                    FROM official o WHERE o.id = d.head) y) AS head,
                d.stated_size AS size, d.complete
            FROM delegation d WHERE d.event = e.id ORDER BY d.party LIMIT 1) x) AS delegation,
    ARRAY(
        SELECT DISTINCT (one.party || '-' || other.party) COLLATE "C" FROM event_party one
        JOIN event_party other ON other.event = e.id AND other.role <> 'convenor'
            AND one.party COLLATE "C" < other.party COLLATE "C"
        WHERE one.event = e.id AND one.role <> 'convenor' ORDER BY 1) AS dyads,
    e.topics, e.object,
    (
        SELECT row_to_json(x) FROM (
            SELECT 'agr_' || replace(g.id::text, '-', '') AS id, g.title
            FROM agreement g WHERE g.id = e.agreement) x) AS agreement,
    'evt_' || replace(e.parent::text, '-', '') AS parent,
    e.background, e.confidence, e.confidence_reasons, e.review_status, e.report_count,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT
                {source}
            FROM report r JOIN article a ON a.id = r.article LEFT JOIN outlet ON outlet.id = a.outlet
            WHERE r.event = e.id AND r.active
            ORDER BY r.main DESC, coalesce(a.published_on, a.updated_on) ASC NULLS LAST, a.id, r.id) x) AS sources,
    CASE WHEN e.report_count > 1 THEN ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT f.field, f.value, f.why, told.accounts
            FROM (
                VALUES
                (1, 'date', coalesce(nullif(e.date_start, e.date_end) || '/', '') || e.date_end, {why_date}),
                (2, 'status', e.status, {why_status}),
                (3, 'mode', e.mode, {why_mode}),
                (4, 'venue', e.venue, {why_venue}),
                (5, 'city', e.city, {why_city}),
                (6, 'country', e.country, {why_country}),
                (7, 'object', e.object, {why_object})) f (n, field, value, why),
            LATERAL (
                SELECT array_agg(row_to_json(y) ORDER BY s.n) AS accounts, count(DISTINCT s.value) AS values
                FROM (
                    SELECT
                        'art_' || replace(a.id::text, '-', '') AS article,
                        row_number() OVER (ORDER BY r.main DESC,
                            coalesce(a.published_on, a.updated_on) ASC NULLS LAST, a.id, r.id) AS n,
                        CASE
                            WHEN f.field = 'date' THEN coalesce(
                                nullif(r.record #>> '{{date,start}}', r.record #>> '{{date,end}}') || '/', '')
                                || (r.record #>> '{{date,end}}')
                            WHEN f.field IN ('venue', 'city', 'country')
                                THEN r.record #>> ARRAY['place', f.field]
                            ELSE r.record ->> f.field
                        END AS value
                    FROM report r JOIN article a ON a.id = r.article WHERE r.event = e.id AND r.active) s,
                LATERAL (SELECT s.article, s.value) y
                WHERE s.value <> '') told
            WHERE told.values > 1 ORDER BY f.n) x) ELSE '{{}}'::json[] END AS differences,
    e.version,
    {instants_of_e}
) shown
WHERE e.merged_into IS NULL AND {which}
