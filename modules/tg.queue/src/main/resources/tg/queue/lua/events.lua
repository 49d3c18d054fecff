-- Asks for events, for a time.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] most count: entries kept
-- ARGV[2] time ms
-- Returns: the place after the latest entry.
-- Atomicity: what happens after this call is told after that place.
redis.call('SET', PREFIX .. '/events/on', ARGV[1], 'PX', ARGV[2])
local latest = redis.call('XREVRANGE', PREFIX .. '/events', '+', '-', 'COUNT', 1)
return latest[1] and latest[1][1] or '0-0'
