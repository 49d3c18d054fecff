-- Lets a worker claim nothing, or again.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] worker name
-- ARGV[2] time ms; inf until it is resumed; empty to resume it
-- Returns: 1 when it is alive, else 0.
-- Atomicity: what is kept with the worker's epoch must agree with what is kept for its next one.
local now_on = ARGV[2]
if tonumber(now_on) and now_on ~= 'inf' then
  now_on = string.format('%.0f', NOW + now_on)
end
local found = 0
for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', PREFIX .. '/lease', '(' .. NOW_TEXT, '+inf')) do
  if string.find(epoch, ARGV[1] .. '.', 1, true) == 1 then
    if now_on == '' then
      redis.call('HDEL', PREFIX .. '/e/' .. epoch, 'paused')
    else
      redis.call('HSET', PREFIX .. '/e/' .. epoch, 'paused', now_on)
    end
    call_worker(epoch)
    found = 1
  end
end
local paused = PREFIX .. '/paused/' .. ARGV[1]
if now_on == '' or found == 0 then
  redis.call('DEL', paused)
else
  -- Each report of the worker makes it last longer.
  redis.call('SET', paused, now_on, 'PX', 86400000)
end
return found
