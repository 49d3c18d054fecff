-- Takes back jobs of epochs that were not renewed in time.
-- Uses: base, lanes, moving, ends, running, expiring, back, deferring, telling, rules, pacing, leaving
-- KEYS[1] prefix string
-- ARGV[1] lease ms: the caller's; a server that is up for less is given that time first
-- ARGV[2] keep ms: of canceled jobs
-- ARGV[3] most count: jobs taken back at most
-- Returns: jobs taken back count, 1 when there is more to do.
-- Atomicity: an epoch whose lease is taken can settle nothing any more, so its jobs have no owner.
local leases, dying = PREFIX .. '/lease', PREFIX .. '/dying'
for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', NOW, 'LIMIT', 0, 10)) do
  local up = string.match(redis.call('INFO', 'server'), 'uptime_in_seconds:(%d+)')
  if tonumber(up) * 1000 < tonumber(ARGV[1]) then
    return { 0, 0 }
  end
  redis.call('ZREM', leases, epoch)
  redis.call('RPUSH', dying, epoch)
end
local epoch = redis.call('LINDEX', dying, 0)
if not epoch then
  return { 0, 0 }
end
local sum, done = leave(epoch, 1, tonumber(ARGV[2]), tonumber(ARGV[3]))
if done then
  redis.call('LPOP', dying)
end
write_events()
return { sum, redis.call('EXISTS', dying) }
