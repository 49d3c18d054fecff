-- Turns of groups with limits, rates and weights of their own.
-- Part: put before the scripts that say so; after base.lua, lanes.lua, running.lua, rules.lua,
-- pacing.lua and popping.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: tokens are taken in the step that takes the jobs.

-- How many jobs of a group its turn has room for. Only the group in front may have begun its turn.
local function turn_sizes(queue, priority, groups, rules, want)
  local sizes, sum = {}, 0
  for i = 1, #groups do
    sizes[i] = rules[i] and rules[i].weight or 1
    sum = sum + sizes[i]
  end
  local key = base_of(queue) .. 'rest'
  local rest = redis.call('HGET', key, priority)
  if rest then
    redis.call('HDEL', key, priority)
    local group, left = string.match(rest, '^(%S*) (%d+)$')
    if group == groups[1] then
      sizes[1] = tonumber(left)
      return sizes
    end
  end
  local times = math.max(1, math.floor(want / sum))
  for i = 1, #groups do
    sizes[i] = sizes[i] * times
  end
  return sizes
end

-- Buckets that are full again are forgotten, and all of them in the end.
local function write_buckets(base, taken)
  if #taken > 0 then
    local key = base .. 'tat'
    many('ZADD', key, taken)
    redis.call('ZREMRANGEBYSCORE', key, '-inf', NOW)
    local last = redis.call('ZRANGE', key, -1, -1, 'WITHSCORES')
    if last[2] then
      redis.call('PEXPIREAT', key, string.format('%.0f', last[2] + 1000))
    end
  end
end

local function bucket_levels(base, groups, rules)
  for i = 1, #groups do
    if rules[i] and rules[i].interval then
      return redis.call('ZMSCORE', base .. 'tat', unpack(groups))
    end
  end
  return {}
end

-- As wide_turn in turns.lua. Also returns how many groups had their turn, and the one whose turn
-- was cut short, with what is left of it.
local function ruled_turn(groups, lanes, cache, ask, priority, into)
  local base, counts = lanes.base, cache.counts
  local rules = rules_of_groups(ask.queue, ask.rules, groups)
  local sizes = turn_sizes(ask.queue, priority, groups, rules, ask.want)
  local closed = ask.closed and redis.call('ZMSCORE', base .. 'shut', unpack(groups)) or {}
  local levels, taken = bucket_levels(base, groups, rules), {}
  local lists, leave, again, found, had, cut = {}, {}, {}, 0, 0, nil
  for i, group in ipairs(groups) do
    local room = math.min(sizes[i], ask.want - found)
    if room <= 0 then
      break
    end
    had = i
    local rule = rules[i]
    local limit = math.min(ask.limit, rule and rule.running or ask.limit)
    local free = group == '' and room or math.min(room, limit - counts[group])
    local since, next_at
    if rule and rule.burst and free > 0 and not closed[i] then
      local have
      if rule.window then
        have, next_at = pace(base, group, rule)
      else
        have, since, next_at = tokens(rule, levels[i])
      end
      free = math.min(free, have)
      -- When the next may start depends on what runs, its end brings the group back.
      if free <= 0 and next_at then
        closed[i] = next_at
        redis.call('ZADD', base .. 'shut', 'GT', next_at, group)
        ask.opens(next_at)
      end
    end
    if closed[i] or free <= 0 then
      park(base, priority, group, closed[i])
      leave[#leave + 1] = group
    else
      local ids = pop(base, lanes.prefix .. group, free, ask.ghosts)
      lists[#lists + 1] = ids
      found = found + #ids
      if since and #ids > 0 then
        taken[#taken + 1] = string.format('%.4f', since + #ids * rule.interval)
        taken[#taken + 1] = group
      elseif rule and rule.window and #ids > 0 then
        count_starts(base, group, rule, ids)
      end
      local leaves = used_up(lanes.prefix .. group, #ids, free, #groups)
      if not leaves and room < sizes[i] and #ids == room then
        cut = { group = group, left = sizes[i] - room }
      else
        local list = leaves and leave or again
        list[#list + 1] = group
      end
      if group ~= '' then
        counts[group] = counts[group] + #ids
        cache.changed[group] = true
        cache.left[group] = leaves
      end
    end
  end
  write_buckets(base, taken)
  interleaved(lists, into)
  return leave, again, found, had, cut
end
