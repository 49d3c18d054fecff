-- Adds the jobs of one or several calls of one producer.
-- Uses: base, lanes, ends, keys, expiring, deferring, telling, keeping, adding, finishing, enqueuing, rules, quotas
-- KEYS[1] prefix string
-- ARGV[1] producer name
-- ARGV[2] number count: grows with each new call of this script by this producer
-- ARGV[3] calls count
-- ARGV[4..] for each call: its once-key or empty, the key's window ms, how many keys must be free for it,
-- for each of these its queue, its kind (q, f, t as in adding.lua) and the key; then runs of jobs, see
-- adding.lua
-- Returns: what was not added as new, in words: R<call> repeated, U<call>=<n>=<id> its n-th key is held
-- by that job, Q<call>=<group>/<limit> too many would wait, I<job>=<id> known or replaced.
-- Atomicity: all jobs of a call or none; the number is remembered with what it did, so that a
-- repetition after a lost answer adds nothing.
local memory = PREFIX .. '/p/' .. ARGV[1]
local latest = redis.call('GET', memory)
if latest then
  local number, answer = string.match(latest, '^(%d+) (.*)$')
  if number == ARGV[2] then
    -- A write: so this connection, too, can wait for the durability of what was written before.
    redis.call('PEXPIRE', memory, 900000)
    return answer
  elseif tonumber(number) > tonumber(ARGV[2]) then
    return redis.error_reply('TGSTALE a later call of this producer was applied')
  end
end
local calls = tonumber(ARGV[3])
local at = 4
local repeated, claimed, once = {}, {}, {}

-- Which of the keys of a call is held already, and by whom. Calls that came before in this script count.
local function held_key(size)
  for i = 1, size do
    local queue, kind, key = ARGV[at + 3 * i - 3], ARGV[at + 3 * i - 2], ARGV[at + 3 * i - 1]
    local base, name = base_of(queue), table.concat({ queue, kind, key }, '/')
    local id = kind == 't' and within_window(base, key)
      or kind ~= 't' and holder_of(base, kind == 'f' and '!' .. key or key)
      or claimed[name]
    if id then
      return i, id
    end
    claimed[name] = '?'
  end
end

for call = 1, calls do
  local key, window, size = ARGV[at], ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 3
  local taken, id
  if size > 0 then
    taken, id = held_key(size)
    at = at + 3 * size
  end
  if taken then
    repeated[call] = true
    existing[#existing + 1] = 'U' .. call .. '=' .. taken .. '=' .. id
  elseif key ~= '' and not redis.call('SET', PREFIX .. '/once/' .. key, '1', 'NX', 'PX', window) then
    repeated[call] = true
    existing[#existing + 1] = 'R' .. call
  end
  once[call] = key
end
local function allowed(call)
  return not repeated[call]
end
for call, why in pairs(over_quota(at, allowed)) do
  repeated[call] = true
  existing[#existing + 1] = 'Q' .. call .. '=' .. why
  if once[call] ~= '' then
    redis.call('DEL', PREFIX .. '/once/' .. once[call])
  end
end
add_runs(at, allowed)
local answer = table.concat(existing, ' ')
redis.call('SET', memory, ARGV[2] .. ' ' .. answer, 'PX', 900000)
return answer
