-- Claims jobs of a queue by priority and by turns of its groups.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, running.lua, rules.lua, pacing.lua,
-- handing.lua, popping.lua, turns.lua and ruling.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: an id leaves its lane and is in the running hash of an epoch in one step.

-- One turn of every group at the front of the ring. Returns how many ids it found; nil when the ring
-- is empty.
local function turn(queue, base, priority, ask, into)
  local ring = base .. 'r/' .. priority
  local groups = redis.call('LRANGE', ring, 0, ask.want - 1)
  if #groups == 0 then
    return nil
  end
  local lanes = { base = base, priority = priority, prefix = base .. 'w/' .. priority .. '/' }
  local leave, again, found, had, cut
  if ask.rules then
    leave, again, found, had, cut = ruled_turn(groups, lanes, running_of(queue, groups), ask, priority, into)
  elseif #groups > 4 and 2 * #groups > ask.want and not ask.closed and not ask.ghosts then
    leave, again, found, had = single_turn(queue, ring, groups, lanes, ask, into)
  else
    leave, again, found = wide_turn(groups, lanes, running_of(queue, groups), ask, priority, into)
  end
  had = had or #groups
  many('SREM', base .. 'm/' .. priority, leave)
  -- When all had their turn and all have more, the order is what it was.
  if #leave > 0 or cut or redis.call('LLEN', ring) > had then
    redis.call('LTRIM', ring, had, -1)
    many('RPUSH', ring, again)
    if cut then
      redis.call('LPUSH', ring, cut.group)
      redis.call('HSET', base .. 'rest', priority, cut.group .. ' ' .. cut.left)
    end
  end
  return found
end

-- Serves a priority with so many jobs at most.
local function serve(queue, base, priority, ask, most, into)
  local others = ask.want - most
  ask.want = most
  while ask.want > 0 do
    local found = turn(queue, base, priority, ask, into)
    if not found or (found == 0 and tired_of_ghosts()) then
      break
    end
    ask.want = ask.want - found
  end
  ask.want = others + ask.want
end

-- How old the first job of a priority is, in ms.
local function age_of_head(base, priority)
  local group = redis.call('LINDEX', base .. 'r/' .. priority, 0)
  local id = group and redis.call('LINDEX', base .. 'w/' .. priority .. '/' .. group, 0)
  local envelope = id and redis.call('HGET', base .. 'j', id)
  return envelope and NOW - tonumber(string.sub(envelope, 1, 13)) or 0
end

-- Jobs that have waited for too long go first, but take half of what is claimed at most: of single
-- ones every second.
local function serve_aged(queue, base, ask, into, odd)
  local left = ask.want == 1 and (odd and 1 or 0) or math.floor(ask.want / 2)
  for priority = 3, 1, -1 do
    if left > 0 and age_of_head(base, priority) >= ask.ageing then
      local before = ask.want
      serve(queue, base, priority, ask, left, into)
      left = left - (before - ask.want)
    end
  end
end

-- What a queue's rules leave of what is wanted: nothing while it is shut or has no tokens.
local function ruled(rules, base, ask, step)
  local until_ms = shut_until(rules)
  if until_ms then
    step.opens(until_ms)
    return 0
  end
  if not rules.rate then
    return ask.want
  end
  local have, since, next_at
  if rules.rate.window then
    have, next_at = pace(base, '', rules.rate)
    -- Others run them all: looked at again when they may have ended.
    next_at = next_at or NOW + rules.rate.window
  else
    have, since, next_at = tokens(rules.rate, redis.call('ZSCORE', base .. 'tat', ''))
  end
  ask.since = since
  if have <= 0 then
    step.opens(next_at)
  end
  ask.reopens = have <= ask.want and next_at
  return math.max(0, math.min(ask.want, have))
end

-- Counts what was claimed in the rate of the queue.
local function spend(rate, base, ask, ids, step)
  if rate.window then
    count_starts(base, '', rate, ids)
    if ask.want == 0 and ask.reopens then
      step.opens(ask.reopens)
    end
    return
  end
  write_buckets(base, { string.format('%.4f', ask.since + #ids * rate.interval), '' })
  if ask.want == 0 then
    local _, _, next_at = tokens(rate, ask.since + #ids * rate.interval)
    step.opens(math.max(next_at, NOW + 1))
  end
end

local function claim(queue, step, answer, closed)
  local base, ids, rules = base_of(queue), {}, rules_of(queue)
  local ask = {
    queue = queue,
    want = step.want,
    limit = step.limit,
    closed = closed,
    ghosts = redis.call('EXISTS', base .. 'gh') == 1,
    opens = step.opens,
    rules = rules and rules.groups and rules,
    ageing = rules and rules.ageing,
  }
  if rules then
    ask.want = ruled(rules, base, ask, step)
  end
  if ask.ageing and ask.want > 0 then
    serve_aged(queue, base, ask, ids, step.odd)
  end
  local ring = base .. 'r/'
  local all_normal = ask.want > 0 and redis.call('EXISTS', ring .. '0', ring .. '1', ring .. '3') == 0
  for priority = 0, 3 do
    if ask.want > 0 and (priority == 2 or not all_normal) then
      serve(queue, base, priority, ask, ask.want, ids)
    end
  end
  if tired_of_ghosts() then
    step.opens(NOW)
  end
  if #ids > 0 then
    if rules and rules.rate then
      spend(rules.rate, base, ask, ids, step)
    end
    step.want = step.want - hand_out(queue, base, ids, step, answer)
  end
end
