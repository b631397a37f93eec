-- Each article, by day, under what lists ask for of the events that it tells of: kinds, parties, pairs, topics.
SELECT a.id AS article, coalesce(a.published_on, a.updated_on, date(timezone('UTC', a.created_at))) AS day, told.terms
FROM article a
JOIN LATERAL (
    SELECT array_agg(DISTINCT made.term) AS terms
    FROM report r
    JOIN event e ON e.id = r.event AND e.merged_into IS NULL
    JOIN LATERAL (
        SELECT 'kind:' || e.kind AS term
        UNION ALL
        SELECT 'party:' || p.party FROM event_party p WHERE p.event = e.id
        UNION ALL
        -- Convening alone makes no pair.
        SELECT 'pair:' || one.party || '-' || other.party
        FROM event_party one JOIN event_party other
            ON other.event = one.event AND one.party COLLATE "C" < other.party COLLATE "C"
        WHERE one.event = e.id AND 'convenor' NOT IN (one.role, other.role)
        UNION ALL
        SELECT 'topic:' || topic FROM unnest(e.topics) topic
        UNION ALL
        SELECT 'topic:' || within.topic_group
        FROM (VALUES {topics}) within (topic, topic_group) WHERE within.topic = ANY(e.topics)) made ON true
    WHERE r.article = a.id AND r.active) told ON told.terms IS NOT NULL
WHERE {which}
