-- Lists the workers that are alive.
-- Uses: base
-- KEYS[1] prefix string
-- Returns: for each its epoch, what it says of itself, how many jobs it runs, and until when it is paused (ms, inf
-- or empty).
-- Atomicity: the list is of one instant.
local crew = {}
for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', PREFIX .. '/lease', '(' .. NOW_TEXT, '+inf')) do
  local queues, about, paused = unpack(redis.call('HMGET', PREFIX .. '/e/' .. epoch, 'queues', 'about', 'paused'))
  if paused and paused ~= 'inf' and tonumber(paused) <= NOW then
    paused = ''
  end
  local running = 0
  for queue in string.gmatch(queues or '', '[^ ]+') do
    running = running + math.max(0, redis.call('HLEN', base_of(queue) .. 'f/' .. epoch) - 1)
  end
  local n = #crew
  crew[n + 1], crew[n + 2], crew[n + 3], crew[n + 4] = epoch, about or '', running, paused or ''
end
return crew
