-- Ends an epoch and gives back what it still holds.
-- Uses: base, lanes, moving, ends, running, expiring, back, deferring, telling, rules, pacing, leaving
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- ARGV[2] keep ms: of canceled jobs
-- Returns: how many jobs were given back; -1 when the epoch had ended.
-- Atomicity: as in reap.lua.
if redis.call('ZREM', PREFIX .. '/lease', ARGV[1]) == 0 then
  return -1
end
local sum = leave(ARGV[1], 0, tonumber(ARGV[2]), math.huge)
write_events()
return sum
