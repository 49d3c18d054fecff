-- Reads what a job keeps beside itself.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] id name
-- Returns: names and values, one after the other.
-- Atomicity: the entries are of one instant.
return redis.call('HGETALL', base_of(ARGV[1]) .. 'side/' .. ARGV[2])
