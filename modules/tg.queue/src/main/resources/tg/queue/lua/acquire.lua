-- Takes a named lease.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] lease name
-- ARGV[2] holder name
-- ARGV[3] time ms
-- Returns: the token; 0 while another holds it.
-- Atomicity: the token must grow with every holder.
local key = PREFIX .. '/lock/' .. ARGV[1]
local holder, token = unpack(redis.call('HMGET', key, 'holder', 'token'))
if not holder then
  local tokens = PREFIX .. '/token/' .. ARGV[1]
  token = redis.call('INCR', tokens)
  redis.call('PEXPIRE', tokens, 2592000000 + tonumber(ARGV[3]))
  redis.call('HSET', key, 'holder', ARGV[2], 'token', token)
elseif holder ~= ARGV[2] then
  return 0
end
redis.call('PEXPIRE', key, ARGV[3])
return tonumber(token)
