-- Finds where a job is that has not ended.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.
local function epochs()
  local all = redis.call('ZRANGE', PREFIX .. '/lease', 0, -1)
  for _, epoch in ipairs(redis.call('LRANGE', PREFIX .. '/dying', 0, -1)) do
    all[#all + 1] = epoch
  end
  return all
end

-- How many jobs of a queue it runs: one field of its hash is not a job.
local function holds(base, epoch)
  return math.max(0, redis.call('HLEN', base .. 'f/' .. epoch) - 1)
end

-- The epoch that runs the job and its value there, or nil.
local function holder(base, id)
  for _, epoch in ipairs(epochs()) do
    local value = redis.call('HGET', base .. 'f/' .. epoch, id)
    if value then
      return epoch, value
    end
  end
  return nil
end

-- Takes a job that does not run out of where it waits.
local function leave_place(base, id, job)
  if redis.call('ZREM', base .. 'd', id) == 1 then
    return
  end
  if redis.call('ZREM', base .. 'df', id) == 1 then
    redis.call('UNLINK', base .. 'on/' .. id)
    return
  end
  local place = job.priority .. '/' .. job.group
  local lane = base .. 'w/' .. place
  -- In a long lane the id stays behind, and the claim passes over it. q/Q/gh has how often an id must be
  -- passed over in a lane, as a job may come back and go again, and under the lane's name the sum of these.
  if redis.call('LLEN', lane) > 512 then
    redis.call('HINCRBY', base .. 'gh', place .. '/' .. id, 1)
    redis.call('HINCRBY', base .. 'gh', place, 1)
  else
    redis.call('LREM', lane, 1, id)
  end
end

-- Of a command that changes something: the answer that was given to the same request before.
local function answered(request)
  return redis.call('GET', PREFIX .. '/req/' .. request)
end

local function answer_once(request, answer)
  redis.call('SET', PREFIX .. '/req/' .. request, answer, 'PX', 900000)
  return answer
end
