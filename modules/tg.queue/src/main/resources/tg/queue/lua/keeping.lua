-- Keeps jobs that belong to another partition, until somebody takes them there.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- ARGV is read from where the caller says: parcels, in the writing of their kind.
-- Returns: nothing; it defines locals.
-- Atomicity: what is added or ended in this step has its companions there, or kept here.

local kept_parcels = false

-- Parcels are in ARGV. Their numbers grow with the clock and with each other.
local function keep_parcels(to, at, size)
  kept_parcels = true
  local sent, list = PREFIX .. '/sent', {}
  local number = math.max(tonumber(redis.call('HGET', sent, to)) or 0, NOW * 1000)
  for i = 1, size do
    list[i] = string.format('%.0f', number + i) .. ' ' .. ARGV[at + i - 1]
  end
  many('RPUSH', PREFIX .. '/out/' .. to, list)
  redis.call('SADD', PREFIX .. '/outs', to)
  redis.call('HSET', sent, to, string.format('%.0f', number + size))
  redis.call('PEXPIRE', sent, 34560000000)
end
