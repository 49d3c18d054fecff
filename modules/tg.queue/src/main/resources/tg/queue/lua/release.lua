-- Ends a named lease.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] lease name
-- ARGV[2] token count
-- Returns: 1 when the token was still the holder's, else 0.
-- Atomicity: the lease must not change hands between the look and the end.
local key = PREFIX .. '/lock/' .. ARGV[1]
if redis.call('HGET', key, 'token') ~= ARGV[2] then
  return 0
end
return redis.call('UNLINK', key)
