-- Looks through a registry, slice by slice, for jobs of a kind. The cursor of a slice stays right whatever
-- the slice's jobs become; a job that is there all the time is found, and seldom twice.
-- Part: put before the scripts that say so; after base.lua, ends.lua, places.lua,
-- elsewhere.lua, finding.lua and sifting.lua.
-- KEYS[1] prefix string
-- ARGV is read from where the caller says: registry (empty: the ids at the end), place, cursor, most count,
-- type, group, since ms, before ms, age ms; each of the last five may be empty; then ids.
-- Returns: nothing; it defines locals.
-- Atomicity: none of its own.
local function through_ended(slice, base, registry, place, cursor, most, filter)
  local index = base .. 'e/' .. registry
  local bucket, after = place_from(redis.call('ZRANGEBYSCORE', index, NOW, '+inf'), place)
  if not bucket then
    return
  end
  local page = redis.call('HSCAN', index .. '/' .. bucket, bucket == place and cursor or '0', 'COUNT', most)
  for i = 1, #page[2], 2 do
    local record = page[2][i + 1]
    local ended, reason, text, from = string.match(record, '^(%d+):(%d+):%d+:%d+:%d+:(%d+):()')
    see(slice, record)
    if fits(filter, record, from + text + reason, tonumber(ended)) then
      pick(slice, page[2][i], { registry, record, bucket = index .. '/' .. bucket })
    end
  end
  go_on(slice, bucket, page[1], after)
end

-- What is open of these ids, each with what belongs behind its tries, and the time that counts.
local function open_jobs(slice, base, registry, filter, ids, extras, times)
  local fitting = {}
  for i, envelope in ipairs(fields(base .. 'j', ids)) do
    if envelope then
      see(slice, envelope)
      if fits(filter, envelope, 1, times[i] or added_at(envelope)) then
        fitting[#fitting + 1] = { id = ids[i], envelope = envelope, extra = extras[i] or {} }
      end
    end
  end
  for _, job in ipairs(fitting) do
    local extra = registry == 'deferred' and redis.call('SMEMBERS', base .. 'on/' .. job.id) or job.extra
    pick(slice, job.id,
      { registry, job.envelope, redis.call('HGET', base .. 'c', job.id) or '', unpack(extra) })
  end
end

local function through_sorted(slice, base, registry, cursor, most, filter)
  local page = redis.call('ZSCAN', base .. (registry == 'deferred' and 'df' or 'd'), cursor, 'COUNT', most)
  local ids, extras, times = {}, {}, {}
  for i = 1, #page[2], 2 do
    ids[#ids + 1] = page[2][i]
    if registry == 'scheduled' then
      extras[#ids], times[#ids] = { page[2][i + 1] }, tonumber(page[2][i + 1])
    end
  end
  open_jobs(slice, base, registry, filter, ids, extras, times)
  go_on(slice, '', page[1])
end

local function through_running(slice, base, place, cursor, most, filter)
  local epoch, after = place_from(epochs(), place)
  if not epoch then
    return
  end
  local page = redis.call('HSCAN', base .. 'f/' .. epoch, epoch == place and cursor or '0', 'COUNT', most)
  local ids, extras, times = {}, {}, {}
  for i = 1, #page[2], 2 do
    local since = string.match(page[2][i + 1], '^%d+:%d+:%d+:(%d+)')
    if since then
      ids[#ids + 1] = page[2][i]
      extras[#ids], times[#ids] = { epoch, page[2][i + 1] }, tonumber(since)
    end
  end
  open_jobs(slice, base, 'running', filter, ids, extras, times)
  go_on(slice, epoch, page[1], after)
end

-- Of all that is open, what is nowhere else.
local function through_waiting(slice, base, cursor, most, filter)
  local page = redis.call('HSCAN', base .. 'j', cursor, 'COUNT', most)
  local ids, envelopes = {}, {}
  for i = 1, #page[2], 2 do
    local envelope = page[2][i + 1]
    see(slice, envelope)
    if fits(filter, envelope, 1, added_at(envelope)) then
      ids[#ids + 1], envelopes[#ids + 1] = page[2][i], envelope
    end
  end
  for i, places in ipairs(elsewhere(base, ids)) do
    if places == 0 then
      pick(slice, ids[i], { 'waiting', envelopes[i], redis.call('HGET', base .. 'c', ids[i]) or '' })
    end
  end
  go_on(slice, '', page[1])
end

local function through_ids(slice, base, at)
  for i = at, #ARGV do
    local row = found(base, ARGV[i])
    if row[1] then
      see(slice, row[2])
      pick(slice, ARGV[i], row)
    end
  end
end

-- A slice: what was picked, how many were looked at, their bytes, and where the next one begins, if any.
local function select_slice(base, at)
  local registry, place, cursor, most = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local slice = { picked = {}, looked = 0, bytes = 0, next = '' }
  local filter = filter_of(at)
  if registry == '' then
    through_ids(slice, base, at + 9)
  elseif registry == 'waiting' then
    through_waiting(slice, base, cursor, most, filter)
  elseif registry == 'running' then
    through_running(slice, base, place, cursor, most, filter)
  elseif registry == 'scheduled' or registry == 'deferred' then
    through_sorted(slice, base, registry, cursor, most, filter)
  else
    through_ended(slice, base, registry, place, cursor, most, filter)
  end
  return slice
end
