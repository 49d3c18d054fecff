-- Takes back what an epoch holds, in slices.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua, running.lua,
-- expiring.lua, back.lua, deferring.lua, telling.lua, rules.lua and pacing.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves the running hash and is in its lane in one step.

-- What the epoch holds of a queue, in the order in which it was claimed.
local function holdings(running_key)
  local all = redis.call('HGETALL', running_key)
  local list = {}
  for i = 1, #all, 2 do
    local attempt, place, number, since = string.match(all[i + 1], '^(%d+):(%d+):(%d+):(%d+)')
    if attempt then
      list[#list + 1] = {
        id = all[i], attempt = attempt, place = tonumber(place), number = tonumber(number),
        since = tonumber(since),
      }
    end
  end
  table.sort(list, function(a, b)
    return a.number < b.number or (a.number == b.number and a.place < b.place)
  end)
  return list
end

local function tries_after(job, before, crash)
  local failures, crashes, reason = string.match(before or '1:0:0:', '^%d+:(%d+):(%d+):(.*)$')
  return job.attempt .. ':' .. failures .. ':' .. (crashes + crash) .. ':' .. reason
end

-- Whether the job was claimed only to be ended, as its waiting was over.
local function claimed_overdue(job, opened_envelope)
  local limit = job.attempt == '1' and start_by(opened_envelope)
  return limit and limit <= job.since
end

-- Takes back at most so many jobs of a queue, the latest claimed first, so that slice by slice the
-- heads of the lanes come into order. Returns how many.
local function take_back(epoch, queue, crash, keep, at_most)
  local base = base_of(queue)
  local running_key = base .. 'f/' .. epoch
  local list = holdings(running_key)
  local from = math.max(1, #list - at_most + 1)
  local ids, groups, counted = {}, {}, {}
  for i = from, #list do
    ids[#ids + 1] = list[i].id
  end
  local before = fields(base .. 'c', ids)
  for i, envelope in ipairs(fields(base .. 'j', ids)) do
    local job = list[from + i - 1]
    local tries = tries_after(job, before[i], crash)
    local name = queue .. '/' .. job.id .. '/' .. job.attempt
    if envelope then
      local opened_envelope = opened(envelope)
      if opened_envelope.group ~= '' then
        groups[#groups + 1] = opened_envelope.group
      end
      count_end(queue, base, opened_envelope.group, job.id, job.attempt, true)
      if redis.call('SISMEMBER', PREFIX .. '/x/' .. epoch, name) == 1 then
        cancel_instead(base, job.id, envelope, tries, keep)
      else
        local overdue = claimed_overdue(job, opened_envelope)
        if opened_envelope.flags >= 8 then
          note_expiry(base, job.id, opened_envelope, not overdue)
        end
        if not overdue then
          counted[#counted + 1] = job.id
          counted[#counted + 1] = tries
        end
        add_head(ring_of(queue, opened_envelope.priority), opened_envelope.group, job.id)
      end
    end
  end
  many('HDEL', running_key, ids)
  many('HSET', base .. 'c', counted)
  tell('waiting', base, counted, 1)
  count(base, 'crashed', crash * #ids)
  left_running(queue, groups)
  return #ids
end

-- Returns how many jobs were taken back, and whether the epoch holds nothing more.
local function leave(epoch, crash, keep, at_most)
  local queues = redis.call('HGET', PREFIX .. '/e/' .. epoch, 'queues') or ''
  local sum = 0
  for queue in string.gmatch(queues, '[^ ]+') do
    if sum < at_most then
      sum = sum + take_back(epoch, queue, crash, keep, at_most - sum)
    end
  end
  tell_dependents()
  write_lanes()
  write_running()
  for queue in pairs(touched) do
    ring_bell(queue)
  end
  if sum < at_most then
    for queue in string.gmatch(queues, '[^ ]+') do
      redis.call('UNLINK', base_of(queue) .. 'f/' .. epoch)
    end
    redis.call('UNLINK', PREFIX .. '/e/' .. epoch, PREFIX .. '/x/' .. epoch, PREFIX .. '/call/' .. epoch)
    return sum, true
  end
  return sum, false
end
