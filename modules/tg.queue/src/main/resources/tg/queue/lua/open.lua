-- Agrees on the layout of the namespace's keys.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] known number: the newest layout that the caller understands
-- ARGV[2] written number: the layout that the caller writes
-- Returns: the number of the layout in use; a caller that does not know it must not go on.
-- Atomicity: of two callers that open an empty namespace, both must see what the other writes.
local key = PREFIX .. '/layout'
local layout = tonumber(redis.call('HGET', key, 'version')) or 0
if layout <= tonumber(ARGV[1]) then
  layout = math.max(layout, tonumber(ARGV[2]))
  redis.call('HSET', key, 'version', layout)
  redis.call('PEXPIRE', key, 34560000000)
end
return layout
