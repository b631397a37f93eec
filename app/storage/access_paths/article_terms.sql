-- Each article under what lists of articles ask for of the events that it tells of: kinds, parties, pairs, topics.
SELECT r.article, array_agg(DISTINCT made.term) AS terms
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
WHERE r.active AND {which}
GROUP BY r.article
