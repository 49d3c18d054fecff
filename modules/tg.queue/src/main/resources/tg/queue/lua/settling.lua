-- Ends attempts: reads them from ARGV, checks that the epoch holds them, and moves the jobs on.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, ends.lua,
-- running.lua, back.lua, rules.lua and pacing.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: the check and the move are one; else two workers could both have been right.
local stale, held = {}, {}

-- Of the next entries in ARGV, those which the epoch holds in the attempt given.
local function owned(running_key, at, size, wide, first)
  local ids, mine = {}, {}
  local starts = { ['1'] = '1:' }
  for i = 1, size do
    ids[i] = ARGV[at + (i - 1) * wide]
  end
  local values = fields(running_key, ids)
  for i = 1, size do
    local value, entry = values[i], at + (i - 1) * wide
    local attempt = ARGV[entry + 1]
    local start = starts[attempt]
    if not start then
      start = attempt .. ':'
      starts[attempt] = start
    end
    if value and string.sub(value, 1, #start) == start then
      mine[#mine + 1] = entry
      held[first + i] = true
    else
      stale[#stale + 1] = first + i
    end
  end
  return mine
end

local function taken(base, running_key, mine)
  local ids, groups, counted = {}, {}, {}
  for i = 1, #mine do
    local entry = mine[i]
    local group = ARGV[entry + 2]
    ids[i] = ARGV[entry]
    if group ~= '' then
      groups[#groups + 1] = group
    end
    if ARGV[entry + 1] ~= '1' then
      counted[#counted + 1] = ARGV[entry]
    end
  end
  many('HDEL', running_key, ids)
  return ids, groups, counted
end

-- Entries of four: id, attempt, group, tries:length:text. All of one kind, keep time and pause; a
-- pause below 0 is none, and the attempts do not count in a strict rate.
local function settle_ended(epoch, at, first)
  local queue, kind, keep = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  local pause, size = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  at = at + 5
  local base = base_of(queue)
  local running_key = base .. 'f/' .. epoch
  local mine = owned(running_key, at, size, 4, first)
  if #mine > 0 then
    local ids, groups, counted = taken(base, running_key, mine)
    local records, n = {}, 0
    local failures = {}
    for i, remembered in ipairs(fields(base .. 'c', counted)) do
      local _, reason = tries_of(remembered)
      failures[counted[i]] = reason
    end
    local envelopes = fields(base .. 'j', ids)
    local rules = rules_of(queue)
    local paced = rules and rules.paced
    for i = 1, #ids do
      local envelope = envelopes[i]
      local flags = envelope and string.byte(envelope, 14)
      local record = envelope and record_of(ARGV[mine[i] + 3], failures[ids[i]], envelope)
      if not record then
        redis.log(redis.LOG_WARNING, 'tg.queue: no envelope of ' .. ids[i])
      elseif flags % 2 == 1 then
        keep_records(base, kind, tonumber(opened(envelope).keep), { ids[i], record })
      else
        records[n + 1], records[n + 2] = ids[i], record
        n = n + 2
      end
      if flags and flags >= PLAIN_END then
        drop_terms(base, ids[i], opened(envelope))
      end
      if paced then
        count_end(queue, base, ARGV[mine[i] + 2], ids[i], ARGV[mine[i] + 1], pause >= 0)
      end
    end
    many('HDEL', base .. 'j', ids)
    many('HDEL', base .. 'c', counted)
    keep_records(base, kind, keep, records)
    count(base, kind, #ids)
    if pause > 0 then
      for _, group in ipairs(groups) do
        close_group(base, group, pause)
      end
    end
    left_running(queue, groups)
  end
  return at + size * 4, first + size
end

-- Entries of six: id, attempt, group, how, delay ms, attempt:failures:crashes:reason; without the last
-- colon the reason stays what it was.
local function settle_back(epoch, at, first)
  local queue, keep, size = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  at = at + 3
  local base = base_of(queue)
  local running_key = base .. 'f/' .. epoch
  local mine = owned(running_key, at, size, 6, first)
  if #mine > 0 then
    local ids, groups = taken(base, running_key, mine)
    local asked = PREFIX .. '/x/' .. epoch
    local any_asked = redis.call('EXISTS', asked) == 1
    for i, envelope in ipairs(fields(base .. 'j', ids)) do
      local at_i = mine[i]
      local tries = ARGV[at_i + 5]
      local name = queue .. '/' .. ids[i] .. '/' .. ARGV[at_i + 1]
      count_end(queue, base, ARGV[at_i + 2], ids[i], ARGV[at_i + 1], ARGV[at_i + 3] ~= 'u')
      if not envelope then
        redis.log(redis.LOG_WARNING, 'tg.queue: no envelope of ' .. ids[i])
      elseif any_asked and redis.call('SISMEMBER', asked, name) == 1 then
        cancel_instead(base, ids[i], envelope, remembered(base, ids[i], tries, ARGV[at_i + 3]), keep)
      else
        local entry = { how = ARGV[at_i + 3], delay = tonumber(ARGV[at_i + 4]) }
        put_back(queue, base, ids[i], envelope, entry, tries)
      end
    end
    count(base, 'back', #ids)
    left_running(queue, groups)
  end
  return at + size * 6, first + size
end
