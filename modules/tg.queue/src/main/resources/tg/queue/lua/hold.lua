-- Pauses a schedule, or lets it tick again.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] schedule name
-- ARGV[2] next ms: its next tick; empty to pause it
-- Returns: 1 when something changed, else 0.
-- Atomicity: a schedule is paused or has a next tick.
local due, paused = PREFIX .. '/cron/due', PREFIX .. '/cron/paused'
if redis.call('HEXISTS', PREFIX .. '/cron/def', ARGV[1]) == 0 then
  return 0
end
if ARGV[2] == '' then
  redis.call('ZREM', due, ARGV[1])
  return redis.call('SADD', paused, ARGV[1])
end
if redis.call('SREM', paused, ARGV[1]) == 0 then
  return 0
end
redis.call('ZADD', due, ARGV[2], ARGV[1])
return 1
