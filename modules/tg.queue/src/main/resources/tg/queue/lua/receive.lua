-- Adds jobs that another partition kept for this one.
-- Uses: base, lanes, ends, keys, expiring, deferring, telling, keeping, adding, finishing, enqueuing
-- KEYS[1] prefix string
-- ARGV[1] from index: the partition that kept them
-- ARGV[2..] runs of jobs, see adding.lua; each has its parcel's number as its owner, in order
-- Returns: the number of the latest parcel.
-- Atomicity: the jobs and the mark up to where they are received are one, so that each is added once,
-- however many processes bring it.
local marks = PREFIX .. '/in'
local latest = tonumber(redis.call('HGET', marks, ARGV[1])) or 0
local brought = latest
local function allowed(parcel)
  if parcel > latest then
    brought = math.max(brought, parcel)
    return true
  end
  return false
end
add_runs(2, allowed)
-- Numbers grow with the clock, so they are greater even when a mark or a counter was forgotten.
redis.call('HSET', marks, ARGV[1], string.format('%.0f', brought))
redis.call('PEXPIRE', marks, 34560000000)
return string.format('%.0f', brought)
