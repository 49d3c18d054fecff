-- Remembers over how many partitions a namespace is spread.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] partitions count: what the caller was told
-- Returns: the number that is remembered.
-- Atomicity: of two that come first, one is right.
local key = PREFIX .. '/partitions'
redis.call('SET', key, ARGV[1], 'NX')
local remembered = tonumber(redis.call('GET', key))
if remembered == tonumber(ARGV[1]) then
  -- Renewed daily by whoever adds jobs; longer than any job is kept.
  redis.call('PEXPIRE', key, 34560000000)
end
return remembered
