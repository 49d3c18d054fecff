-- Keeps what a worker says of itself, and tells it whether it should drain.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- ARGV[2] about text
-- Returns: nothing when the epoch has ended or nobody asked; else the deadline of the drain in ms.
-- Atomicity: what is said of an epoch that has ended must not stay.
local record = PREFIX .. '/e/' .. ARGV[1]
if not redis.call('ZSCORE', PREFIX .. '/lease', ARGV[1]) then
  return ''
end
redis.call('HSET', record, 'about', ARGV[2])
local asked = redis.call('HMGET', record, 'drain', 'paused')
if asked[2] then
  redis.call('PEXPIRE', PREFIX .. '/paused/' .. string.match(ARGV[1], '^(.*)%.'), 86400000)
end
return asked[1] or ''
