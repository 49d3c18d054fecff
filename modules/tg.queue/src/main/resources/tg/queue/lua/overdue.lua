-- Hands jobs that have expired to a worker, which ends them and adds what follows.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, places.lua, running.lua,
-- expiring.lua and handing.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: as in claiming.lua.

-- A job that runs is left to its worker, who knows its deadline.
local function take_overdue(queue, base, id)
  redis.call('ZREM', base .. 'exp', id)
  local envelope = redis.call('HGET', base .. 'j', id)
  if not envelope or holder(base, id) then
    return false
  end
  local job = opened(envelope)
  leave_place(base, id, job)
  if job.group ~= '' then
    local cache = running_of(queue, { job.group })
    cache.counts[job.group] = cache.counts[job.group] + 1
    cache.changed[job.group] = true
  end
  return true
end

-- Claims what has expired before all else. Returns when the next job expires, or nil.
local function claim_overdue(queue, step, answer)
  if timeless[queue] then
    return nil
  end
  local base = base_of(queue)
  local first = redis.call('ZRANGE', base .. 'exp', 0, 0, 'WITHSCORES')
  if first[2] and tonumber(first[2]) <= NOW and step.want > 0 then
    local ids = {}
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', base .. 'exp', '-inf', NOW, 'LIMIT', 0, math.min(100, step.want))) do
      if take_overdue(queue, base, id) then
        ids[#ids + 1] = id
      end
    end
    if #ids > 0 then
      step.want = step.want - hand_out(queue, base, ids, step, answer)
    end
    first = redis.call('ZRANGE', base .. 'exp', 0, 0, 'WITHSCORES')
  end
  return tonumber(first[2])
end
