-- Begins an epoch of a worker.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- ARGV[2] lease ms
-- ARGV[3] queues names, separated by spaces
-- Returns: now ms.
-- Atomicity: an epoch with a lease has its queues, or its jobs could not be taken back.
redis.call('HSET', PREFIX .. '/e/' .. ARGV[1], 'queues', ARGV[3])
local paused = redis.call('GET', PREFIX .. '/paused/' .. string.match(ARGV[1], '^(.*)%.'))
if paused then
  redis.call('HSET', PREFIX .. '/e/' .. ARGV[1], 'paused', paused)
end
-- A long value makes the server look up fields by hash instead of one after the other.
for queue in string.gmatch(ARGV[3], '[^ ]+') do
  redis.call('HSET', base_of(queue) .. 'f/' .. ARGV[1], '#', string.rep('-', 100))
end
redis.call('ZADD', PREFIX .. '/lease', NOW + tonumber(ARGV[2]), ARGV[1])
return NOW
