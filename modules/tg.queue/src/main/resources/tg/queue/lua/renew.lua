-- Extends the lease of an epoch.
-- Uses: base, requests
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- ARGV[2] lease ms
-- Returns: alive 0 or 1, now ms, expired epochs count, requests to cancel.
-- Atomicity: an epoch that was taken back must not come to life again.
local leases = PREFIX .. '/lease'
local alive = redis.call('ZSCORE', leases, ARGV[1]) and 1 or 0
local asked = {}
if alive == 1 then
  redis.call('ZADD', leases, 'XX', NOW + tonumber(ARGV[2]), ARGV[1])
  asked = requests(ARGV[1])
end
local expired = redis.call('ZCOUNT', leases, '-inf', NOW) + redis.call('LLEN', PREFIX .. '/dying')
return { alive, NOW, expired, asked }
