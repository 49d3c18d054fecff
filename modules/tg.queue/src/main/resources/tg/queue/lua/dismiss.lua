-- Asks a worker to drain.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] worker name
-- ARGV[2] deadline ms
-- Returns: 1 when it is alive, else 0.
-- Atomicity: the request is kept with an epoch, and ends with it.
local found = 0
for _, epoch in ipairs(redis.call('ZRANGEBYSCORE', PREFIX .. '/lease', '(' .. NOW_TEXT, '+inf')) do
  if string.find(epoch, ARGV[1] .. '.', 1, true) == 1 then
    redis.call('HSET', PREFIX .. '/e/' .. epoch, 'drain', ARGV[2])
    found = 1
  end
end
return found
