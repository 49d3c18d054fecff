-- Closes or opens a queue or a group.
-- Uses: base, lanes, moving
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] group name; empty for the whole queue
-- ARGV[3] time ms; 0 opens, -1 closes for good
-- Returns: 1.
-- Atomicity: an opened group is in its rings again.
local queue, group, time = ARGV[1], ARGV[2], tonumber(ARGV[3])
local base = base_of(queue)
local ends = time < 0 and 'inf' or string.format('%.0f', NOW + time)
if group == '' then
  if time == 0 then
    redis.call('HDEL', base .. 'conf', 'shut')
  else
    redis.call('HSET', base .. 'conf', 'shut', ends)
  end
elseif time == 0 then
  redis.call('ZREM', base .. 'shut', group)
  unpark(queue, base, { group })
  write_lanes()
else
  redis.call('ZADD', base .. 'shut', 'GT', ends, group)
  let_shut_expire(base)
end
ring_bell(queue)
return 1
