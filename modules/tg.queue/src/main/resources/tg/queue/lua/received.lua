-- Forgets jobs that were kept for another partition and are there.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] to index: the partition that has them
-- ARGV[2] number count: of the latest that it has
-- Returns: how many are left.
-- Atomicity: another process may have kept more meanwhile.
local list, upto = PREFIX .. '/out/' .. ARGV[1], tonumber(ARGV[2])
local first = redis.call('LINDEX', list, 0)
while first and tonumber(string.match(first, '^%d+')) <= upto do
  redis.call('LPOP', list)
  first = redis.call('LINDEX', list, 0)
end
local left = redis.call('LLEN', list)
if left == 0 then
  redis.call('SREM', PREFIX .. '/outs', ARGV[1])
end
return left
