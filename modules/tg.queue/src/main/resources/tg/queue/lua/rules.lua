-- Knows what was set for a queue and its groups.
-- Part: put before the scripts that say so; after base.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: a rule holds from the next claim or enqueue on.
local rule_books = {}

-- Splits a rate: interval burst and more, of which the last is ~window of a strict one; - - for none.
local function add_rate(rule, text)
  local interval, burst = string.match(text, '^(%S+) (%S+)')
  rule.interval = tonumber(interval)
  rule.burst = tonumber(burst)
  rule.window = tonumber(string.match(text, '~(%d+)$'))
  return rule
end

-- Splits what was set for a group: running waiting weight and a rate, - for none.
local function group_rule(text)
  local running, waiting, weight, rate = string.match(text, '^(%S+) (%S+) (%S+) (.*)')
  return add_rate({
    running = tonumber(running),
    waiting = tonumber(waiting),
    weight = tonumber(weight) or 1,
  }, rate)
end

-- Rules for groups whose names begin so, longest beginning first: beginning=rule, separated by ;.
local function patterns_of(text)
  local list = {}
  for start, rule in string.gmatch(text or '', '([^=;]+)=([^;]+)') do
    list[#list + 1] = { start = start, rule = group_rule(rule) }
  end
  return list
end

-- What holds for a queue, or nil when nothing was set.
local function rules_of(queue)
  local known = rule_books[queue]
  if known ~= nil then
    return known or nil
  end
  if redis.call('EXISTS', base_of(queue) .. 'conf') == 0 then
    rule_books[queue] = false
    return nil
  end
  local conf = redis.call('HMGET', base_of(queue) .. 'conf', 'shut', 'rate', 'ageing', 'each', 'named', 'patterns')
  local rules = false
  for i = 1, 6 do
    if conf[i] then
      rules = { shut = conf[1], ageing = tonumber(conf[3]), each = conf[4] and group_rule(conf[4]) }
      rules.named = tonumber(conf[5]) or 0
      rules.patterns = patterns_of(conf[6])
      rules.rate = conf[2] and add_rate({}, conf[2])
      rules.groups = rules.each ~= nil and rules.each ~= false or rules.named > 0 or #rules.patterns > 0
      rules.paced = string.find(table.concat({ conf[2] or '', conf[4] or '', conf[6] or '' }), '~', 1, true)
        or rules.named > 0
      break
    end
  end
  rule_books[queue] = rules
  return rules or nil
end

local function by_beginning(rules, group)
  for _, pattern in ipairs(rules.patterns) do
    if string.sub(group, 1, #pattern.start) == pattern.start then
      return pattern.rule
    end
  end
  return rules.each or nil
end

-- The rule of each group, by position; false for none. Jobs without a group have none.
local function rules_of_groups(queue, rules, groups)
  local named = {}
  if rules.named > 0 then
    local names = {}
    for i = 1, #groups do
      names[i] = 'g/' .. groups[i]
    end
    named = fields(base_of(queue) .. 'conf', names)
  end
  local all = {}
  for i = 1, #groups do
    local own = named[i] and group_rule(named[i])
    all[i] = groups[i] ~= '' and (own or by_beginning(rules, groups[i])) or false
  end
  return all
end

-- Until when a queue is shut, in ms; nil when it is open.
local function shut_until(rules)
  local shut = rules.shut and (rules.shut == 'inf' and math.huge or tonumber(rules.shut))
  return shut and shut > NOW and shut or nil
end

-- A token bucket is the time at which it would be full but one: how many may be taken now, and when
-- the next may.
local function tokens(rate, full_at)
  local since = math.max(tonumber(full_at) or 0, NOW)
  local free = math.floor((NOW - since) / rate.interval + rate.burst + 1e-6)
  return free, since, math.ceil(since + rate.interval - rate.burst * rate.interval)
end
