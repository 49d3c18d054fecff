-- Keeps a schedule.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] schedule name
-- ARGV[2] definition text
-- ARGV[3] next ms: its next tick, if the definition is new
-- Returns: 1 when something changed, else 0.
-- Atomicity: of many processes that put the same definition, none moves its next tick.
local definitions = PREFIX .. '/cron/def'
if redis.call('HGET', definitions, ARGV[1]) == ARGV[2] then
  return 0
end
redis.call('HSET', definitions, ARGV[1], ARGV[2])
if redis.call('SISMEMBER', PREFIX .. '/cron/paused', ARGV[1]) == 0 then
  redis.call('ZADD', PREFIX .. '/cron/due', ARGV[3], ARGV[1])
end
return 1
