-- Keys of jobs: one that waits is replaced under its key, or makes new ones of its key superfluous.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and ends.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: of two jobs with one key that are added at the same time, one must see the other.

-- The job that holds a key. q/Q/u has the keys that are free at the start of their job, and after a ! those
-- that are free at its end.
local function holder_of(base, field)
  local id = redis.call('HGET', base .. 'u', field)
  return id and redis.call('HEXISTS', base .. 'j', id) == 1 and id or nil
end

-- The job that was added under a key within its window.
local function within_window(base, key)
  return redis.call('GET', base .. 'o/' .. key) or nil
end

-- A job that is replaced before it is due waits anew, up to a limit from its first day.
local function debounce(queue, base, id, was, is, due)
  local most = tonumber(option(is, 'debounce'))
  if most and due and redis.call('ZSCORE', base .. 'd', id) then
    redis.call('ZADD', base .. 'd', math.min(due, was.added + most), id)
    touched[queue] = true
  end
end

-- Gives the job that waits under the key this one's type, headers and payload. Returns its id, or nil.
local function replaced(queue, base, key, envelope, due)
  local id = redis.call('HGET', base .. 'u', key)
  local old = id and redis.call('HGET', base .. 'j', id)
  if not old then
    return nil
  end
  local new = NOW_TEXT .. envelope
  local was, is = opened(old), opened(new)
  local flags = string.char(48 + was.flags - was.flags % 4 + was.flags % 2 + (is.flags % 4 >= 2 and 2 or 0))
  redis.call('HSET', base .. 'j', id,
    string.sub(old, 1, 13) .. flags .. was.priority .. was.group .. '/' .. is.kind .. '/' .. was.keep
      .. '/' .. was.key .. '/' .. is.headers .. was.options .. string.sub(new, is.rest))
  debounce(queue, base, id, was, is, due)
  return id
end

local function known(base, id)
  return redis.call('HEXISTS', base .. 'j', id) == 1 or find_ended(base, id) ~= nil
end

-- The job that makes this one superfluous, or nil. One that waits under its replace key takes over what is new.
local function other_than(queue, base, new)
  if new.named and known(base, new.id) then
    return new.id
  end
  return new.k and replaced(queue, base, new.k, new.envelope, new.due)
    or new.q and holder_of(base, new.q)
    or new.f and holder_of(base, '!' .. new.f)
    or new.t and within_window(base, new.t)
    or nil
end

local function take_keys(base, new)
  local field = new.k or new.q or (new.f and '!' .. new.f)
  if field then
    redis.call('HSET', base .. 'u', field, new.id)
  end
  if new.t then
    redis.call('SET', base .. 'o/' .. new.t, new.id, 'PX', new.window)
  end
end
