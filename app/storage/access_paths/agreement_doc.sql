-- Agreements as JSON, key for key what the API's AgreementResponse says; a test holds them equal.
SELECT g.id AS agreement, convert_to(row_to_json(shown)::text, 'UTF8') AS doc
FROM agreement g, LATERAL (SELECT
    'agr_' || replace(g.id::text, '-', '') AS id,
    g.title, g.kind AS agreement_kind, g.domain, g.pledges, g.binding, g.status,
    g.date_start, g.date_end, g.date_precision, g.date_basis,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT p.id, p.kind, p.name, 'signatory' AS role
            FROM agreement_party ap JOIN party p ON p.id = ap.party
            WHERE ap.agreement = g.id ORDER BY p.id) x) AS parties,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT
                {participant}
            FROM (
                SELECT DISTINCT ON (coalesce(t.official::text, t.title_as_reported), t.party)
                    t.*, e.sort_date
                FROM event e JOIN participation t ON t.event = e.id
                WHERE e.agreement = g.id AND e.merged_into IS NULL
                ORDER BY coalesce(t.official::text, t.title_as_reported), t.party,
                    e.sort_date, e.id, t.ordinal) t
            ORDER BY t.sort_date, t.event, t.ordinal) x) AS participants,
    ARRAY(
        SELECT topic FROM (
            SELECT g.domain AS topic, 0 AS n WHERE g.domain IS NOT NULL
            UNION ALL
            SELECT told.topic, row_number() OVER (ORDER BY s.date_start ASC NULLS LAST, s.id, told.n)
            FROM agreement_step s JOIN event e ON e.id = s.event AND e.merged_into IS NULL,
                unnest(e.topics) WITH ORDINALITY told (topic, n)
            WHERE s.agreement = g.id) x
        GROUP BY topic ORDER BY min(n)) AS topics,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT s.step, s.date_start, s.date_end, s.date_precision,
                'evt_' || replace(s.event::text, '-', '') AS event
            FROM agreement_step s LEFT JOIN event e ON e.id = s.event
            WHERE s.agreement = g.id AND e.merged_into IS NULL
            ORDER BY s.date_start ASC NULLS LAST, s.id) x) AS lifecycle,
    ARRAY(
        SELECT row_to_json(x) FROM (
            SELECT
                {source}
            FROM (
                SELECT DISTINCT ON (r.article) r.article, r.id, r.main
                FROM event e JOIN report r ON r.event = e.id
                WHERE e.agreement = g.id AND e.merged_into IS NULL AND r.active
                ORDER BY r.article, r.main DESC, r.id) r
            JOIN article a ON a.id = r.article LEFT JOIN outlet ON outlet.id = a.outlet
            ORDER BY r.main DESC, coalesce(a.published_on, a.updated_on) ASC NULLS LAST, a.id) x) AS sources,
    g.version,
    {instants_of_g}
) shown
WHERE g.merged_into IS NULL AND {which}
