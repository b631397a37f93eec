-- Each event under each of its topics, under their groups, and under each outlet that tells of it.
SELECT made.term, e.sort_date, e.id AS event, e.kind, e.date_start, e.date_end,
    e.status = 'occurred' AND e.review_status IN ('unreviewed', 'accepted', 'corrected') AS listed
FROM event e
JOIN LATERAL (
    SELECT 'topic:' || topic AS term FROM unnest(e.topics) topic
    UNION
    SELECT 'topic:' || within.topic_group
    FROM (VALUES {topics}) within (topic, topic_group) WHERE within.topic = ANY(e.topics)
    UNION
    SELECT 'outlet:' || a.outlet
    FROM report r JOIN article a ON a.id = r.article
    WHERE r.event = e.id AND r.active AND a.outlet IS NOT NULL) made ON true
WHERE e.merged_into IS NULL AND {which}
