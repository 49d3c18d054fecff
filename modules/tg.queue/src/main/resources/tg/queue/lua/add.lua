-- Adds the jobs of one or several calls of one producer.
-- Uses: base, lanes, ends, adding
-- KEYS[1] prefix string
-- ARGV[1] producer name
-- ARGV[2] number count: grows with each new call of this script by this producer
-- ARGV[3] calls count
-- ARGV[4..] for each call: its once-key or empty, the key's window ms; then runs of jobs, see adding.lua
-- Returns: what was not added as new, in words: R<call> repeated, I<job>=<id> known or replaced.
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
local repeated = {}
for call = 1, calls do
  local key, window = ARGV[at], ARGV[at + 1]
  at = at + 2
  if key ~= '' and not redis.call('SET', PREFIX .. '/once/' .. key, '1', 'NX', 'PX', window) then
    repeated[call] = true
    existing[#existing + 1] = 'R' .. call
  end
end
local function allowed(call)
  return not repeated[call]
end
local number = 0
while at <= #ARGV do
  at, number = read_run(at, allowed, number)
end
write_added()
write_lanes()
for queue in pairs(touched) do
  ring_bell(queue)
end
local answer = table.concat(existing, ' ')
redis.call('SET', memory, ARGV[2] .. ' ' .. answer, 'PX', 900000)
return answer
