-- Tells the rules of a queue.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- Returns: field, value, …: rate, ageing, each, g/NAME, patterns and others.
-- Atomicity: the rules are of one instant.
return redis.call('HGETALL', base_of(ARGV[1]) .. 'conf')
