-- Sets the rules of a queue, of one group, or of groups whose names begin alike.
-- Uses: base, lanes, moving
-- KEYS[1] prefix string
-- ARGV[1] queue name
-- ARGV[2] what: queue, group or groups
-- ARGV[3] text: a queue's rate; a group's name; a beginning of names. Rules are written as rules.lua
-- reads them; empty for none
-- ARGV[4] text: a queue's ageing ms; the rule of the group or groups
-- ARGV[5] text: the rule of each group of a queue
-- Returns: 1.
-- Atomicity: the rules of a queue change together.
local queue, what = ARGV[1], ARGV[2]
local base = base_of(queue)
local conf = base .. 'conf'

local function set(field, value)
  if value == '' then
    return -redis.call('HDEL', conf, field)
  end
  return redis.call('HSET', conf, field, value)
end

if what == 'queue' then
  set('rate', ARGV[3])
  set('ageing', ARGV[4])
  set('each', ARGV[5])
elseif what == 'group' then
  local change = set('g/' .. ARGV[3], ARGV[4])
  if change ~= 0 and redis.call('HINCRBY', conf, 'named', change) <= 0 then
    redis.call('HDEL', conf, 'named')
  end
else
  local list = {}
  for start, rule in string.gmatch(redis.call('HGET', conf, 'patterns') or '', '([^=;]+)=([^;]+)') do
    if start ~= ARGV[3] then
      list[#list + 1] = start .. '=' .. rule
    end
  end
  if ARGV[4] ~= '' then
    list[#list + 1] = ARGV[3] .. '=' .. ARGV[4]
  end
  table.sort(list, function(a, b) return string.find(a, '=') > string.find(b, '=') end)
  set('patterns', table.concat(list, ';'))
end
-- A group that was full may not be so any more: it is tried again.
local parked, full = redis.call('HKEYS', base .. 'park'), {}
for _, group in ipairs(parked) do
  if #full < 1000 and not redis.call('ZSCORE', base .. 'shut', group) then
    full[#full + 1] = group
  end
end
unpark(queue, base, full)
write_lanes()
ring_bell(queue)
return 1
