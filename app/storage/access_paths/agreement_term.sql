-- Each agreement under everything that single values of filters ask for, and under `all:`, by day.
SELECT made.term, coalesce(g.date_start, date(timezone('UTC', g.created_at))) AS day, g.id AS agreement,
    g.date_start, g.date_end, told.confidence, told.listed
FROM agreement g
JOIN LATERAL (
    SELECT max(e.confidence) AS confidence, count(*) = 0 AS bare,
        count(*) = 0 OR bool_or(e.review_status IN ('unreviewed', 'accepted', 'corrected')) AS listed
    FROM event e WHERE e.agreement = g.id AND e.merged_into IS NULL) told ON true
JOIN LATERAL (
    SELECT unnest(ARRAY['all:', 'kind:' || g.kind, 'status:' || g.status, 'precision:' || g.date_precision]) AS term
    UNION
    SELECT 'pledge:' || pledge FROM unnest(g.pledges) pledge
    UNION
    SELECT 'step:' || s.step FROM agreement_step s WHERE s.agreement = g.id
    UNION
    SELECT 'party:' || p.party FROM agreement_party p WHERE p.agreement = g.id
    UNION
    SELECT 'pair:' || one.party || '-' || other.party
    FROM agreement_party one JOIN agreement_party other
        ON other.agreement = one.agreement AND one.party COLLATE "C" < other.party COLLATE "C"
    WHERE one.agreement = g.id
    UNION
    SELECT word || ':' || topic
    FROM unnest(ARRAY['domain', 'topic']) word
    CROSS JOIN (
        SELECT g.domain UNION
        SELECT within.topic_group FROM (VALUES {topics}) within (topic, topic_group) WHERE within.topic = g.domain) own (topic)
    UNION
    -- The topics and outlets of its events are their terms.
    SELECT of_event.term
    FROM event e
    JOIN LATERAL (
        SELECT held.term FROM event_term held WHERE held.event = e.id
        UNION
        SELECT unnest(ARRAY['place_country:' || e.country, 'city:' || lower(e.city), 'review_status:' || e.review_status])
        UNION
        SELECT 'official:' || t.official FROM participation t WHERE t.event = e.id) of_event ON true
    WHERE e.agreement = g.id AND e.merged_into IS NULL
    UNION
    -- What no event tells of is doubted by nobody.
    SELECT 'review_status:' || word
    FROM unnest(ARRAY['unreviewed', 'needs_review', 'accepted', 'corrected', 'rejected']) word WHERE told.bare
    ) made ON made.term IS NOT NULL
WHERE g.merged_into IS NULL AND {which}
