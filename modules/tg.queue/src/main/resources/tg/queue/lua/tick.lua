-- Adds the jobs of a schedule's due ticks and moves it to its next tick.
-- Uses: base, lanes, ends, keys, expiring, deferring, telling, keeping, adding, finishing, enqueuing
-- KEYS[1] prefix string
-- ARGV[1] schedule name
-- ARGV[2] definition text: as the caller knows it
-- ARGV[3] due ms: the tick that the caller found
-- ARGV[4] last ms: the latest tick that runs; empty when none does
-- ARGV[5] next ms: the tick after these
-- ARGV[6..] runs of jobs, see adding.lua
-- Returns: 1 when this call moved it; 0 when it was moved, changed or paused, or is not due.
-- Atomicity: the jobs are added and the schedule moves on in one step, so each tick is added once,
-- however many processes try, and a repetition finds it moved.
local due = PREFIX .. '/cron/due'
local expected = tonumber(redis.call('ZSCORE', due, ARGV[1]) or '-1')
if expected ~= tonumber(ARGV[3]) or expected > NOW then
  return 0
end
if redis.call('HGET', PREFIX .. '/cron/def', ARGV[1]) ~= ARGV[2] then
  return 0
end
local function allowed()
  return true
end
add_runs(6, allowed)
if ARGV[4] ~= '' then
  redis.call('HSET', PREFIX .. '/cron/last', ARGV[1], ARGV[4])
end
redis.call('ZADD', due, ARGV[5], ARGV[1])
return 1
