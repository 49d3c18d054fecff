-- Sets a named lease to its full time again.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] lease name
-- ARGV[2] token count
-- ARGV[3] time ms
-- Returns: 1 when the token is still the holder's, else 0.
-- Atomicity: the lease must not change hands between the look and the extension.
local key = PREFIX .. '/lock/' .. ARGV[1]
if redis.call('HGET', key, 'token') ~= ARGV[2] then
  return 0
end
redis.call('PEXPIRE', key, ARGV[3])
redis.call('PEXPIRE', PREFIX .. '/token/' .. ARGV[1], 2592000000 + tonumber(ARGV[3]))
return 1
