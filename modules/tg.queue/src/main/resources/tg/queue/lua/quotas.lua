-- Finds calls that would make a group wait with more jobs than it may.
-- Part: put before the scripts that say so; after base.lua and rules.lua.
-- KEYS[1] prefix string
-- ARGV is read from where the caller says: runs, as in adding.lua.
-- Returns: nothing; it defines locals.
-- Atomicity: counted in the step that adds.
local waiting = {}

-- The rule of a group about how many may wait, and how many do; nil when there is none.
local function quota_of(queue, rules, group)
  local key = queue .. '/' .. group
  local known = waiting[key]
  if known == nil then
    local rule = rules_of_groups(queue, rules, { group })[1]
    known = false
    if rule and rule.waiting then
      known = { most = rule.waiting, now = 0, new = 0 }
      for priority = 0, 3 do
        known.now = known.now + redis.call('LLEN', base_of(queue) .. 'w/' .. priority .. '/' .. group)
      end
      for _, gone in ipairs(redis.call('HMGET', base_of(queue) .. 'gh',
        '0/' .. group, '1/' .. group, '2/' .. group, '3/' .. group)) do
        known.now = known.now - (gone or 0)
      end
    end
    waiting[key] = known
  end
  return known or nil
end

-- Looks at the runs of jobs from a place in ARGV on, as adding.lua reads them. Returns calls that
-- are refused, each with group/limit.
local function over_quota(at, allowed)
  local refused, calls, counted = {}, {}, {}
  while at <= #ARGV do
    local call, queue, group = tonumber(ARGV[at]), ARGV[at + 1], ARGV[at + 3]
    local options, size = ARGV[at + 4], tonumber(ARGV[at + 5])
    local wide = width_of(options)
    local rules = rules_of(queue)
    if rules and rules.groups and allowed(call) and not string.find(options, '[ad]') then
      for i = 0, size - 1 do
        local name = options == 'g' and ARGV[at + 6 + 3 * i + 2] or group
        local quota = name ~= '' and quota_of(queue, rules, name)
        if quota then
          counted[call] = counted[call] or {}
          counted[call][quota] = (counted[call][quota] or 0) + 1
          if not calls[call] then
            calls[call] = true
            calls[#calls + 1] = call
          end
          if quota.now + quota.new + counted[call][quota] > quota.most then
            refused[call] = refused[call] or name .. '/' .. quota.most
          end
        end
      end
    end
    at = at + 6 + size * wide
    -- The jobs of a call are together: once it is over, what it adds counts for the next.
    if at > #ARGV or tonumber(ARGV[at]) ~= call then
      for quota, n in pairs(counted[call] or {}) do
        quota.new = quota.new + (refused[call] and 0 or n)
      end
    end
  end
  return refused
end
