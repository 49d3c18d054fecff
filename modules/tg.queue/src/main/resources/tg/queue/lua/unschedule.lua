-- Forgets a schedule.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] schedule name
-- Returns: 1 when it was there, else 0.
-- Atomicity: a schedule is known with all its parts or not at all.
redis.call('ZREM', PREFIX .. '/cron/due', ARGV[1])
redis.call('SREM', PREFIX .. '/cron/paused', ARGV[1])
redis.call('HDEL', PREFIX .. '/cron/last', ARGV[1])
return redis.call('HDEL', PREFIX .. '/cron/def', ARGV[1])
