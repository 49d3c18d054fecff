-- Lists schedules: all, or those of which a tick is due.
-- Uses: base
-- KEYS[1] prefix string
-- ARGV[1] which: all or due
-- Returns: now ms, when the next is due that is not listed (ms or -1), and for each listed: name,
-- definition, next ms or empty, last ms or empty.
-- Atomicity: the list is of one instant.
local due = PREFIX .. '/cron/due'
local names, next_due = {}, -1
if ARGV[1] == 'due' then
  names = redis.call('ZRANGEBYSCORE', due, '-inf', NOW, 'LIMIT', 0, 100)
  local first = redis.call('ZRANGEBYSCORE', due, '(' .. NOW_TEXT, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
  next_due = tonumber(first[2]) or -1
else
  names = redis.call('HKEYS', PREFIX .. '/cron/def')
  table.sort(names)
end
local listed = {}
local definitions = fields(PREFIX .. '/cron/def', names)
local last = fields(PREFIX .. '/cron/last', names)
for i, name in ipairs(names) do
  local n = #listed
  listed[n + 1], listed[n + 2] = name, definitions[i] or ''
  listed[n + 3] = redis.call('ZSCORE', due, name) or ''
  listed[n + 4] = last[i] or ''
end
return { NOW, next_due, listed }
