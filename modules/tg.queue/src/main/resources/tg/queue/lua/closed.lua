-- Tells until when a queue or a group is closed: by a pause, by a job, or by its rate.
-- Uses: base, rules, pacing
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] group name; empty for the queue
-- Returns: -1 when it is open, -2 when it is closed for good, else until when in ms.
-- Atomicity: none of its own.
local queue, group = ARGV[1], ARGV[2]
local base = base_of(queue)
local rules = rules_of(queue)
local ends, rate
if group == '' then
  ends = redis.call('HGET', base .. 'conf', 'shut')
  rate = rules and rules.rate
else
  ends = redis.call('ZSCORE', base .. 'shut', group)
  rate = rules and rules.groups and rules_of_groups(queue, rules, { group })[1]
end
if ends == 'inf' then
  return -2
elseif ends and tonumber(ends) > NOW then
  return tonumber(ends)
elseif rate and rate.window then
  local have, next_at = pace(base, group, rate)
  return have > 0 and -1 or next_at or NOW + rate.window
elseif rate and rate.interval then
  local have, _, next_at = tokens(rate, redis.call('ZSCORE', base .. 'tat', group))
  return have > 0 and -1 or next_at
end
return -1
