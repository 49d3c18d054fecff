-- Settles jobs of an epoch, adds their follow-ups, makes waiting what is due, and claims others.
-- Uses: base, lanes, moving, ends, keys, expiring, deferring, telling, places, running, back, requests, repeating, keeping, adding, rules, pacing, settling, handing, overdue, popping, turns, ruling, claiming
-- KEYS[1] prefix string
-- ARGV[1] epoch name
-- ARGV[2] number count: the step's, growing by one
-- ARGV[3] lease ms
-- ARGV[4] want count: how many jobs to claim at most
-- ARGV[5] limit count: running jobs of one group in a queue at most
-- ARGV[6] queues count
-- ARGV[7..] queues names; then sections: E ended, B back (settling.lua), A a run of follow-ups whose
-- owner is the position of the settlement (adding.lua)
-- Returns: FENCED; or status, now ms, more 0 or 1, due ms or -1, renewed 0 or 1 plus 2 when some epoch
-- has expired plus 4 when jobs are kept for other partitions plus 8 when the worker is paused, stale positions,
-- requests to cancel, jobs (queue, count, then id, envelope, tries for each).
-- Atomicity: outcome and follow-ups are one step, so no ended job is without its answer; fence and
-- claim are one, so no job has two owners; the number makes a repetition harmless.
local epoch, number, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
local deadline = redis.call('ZSCORE', PREFIX .. '/lease', epoch)
if not deadline then
  return { 'FENCED' }
end
local renewed = 0
if tonumber(deadline) - NOW < lease * 0.85 then
  redis.call('ZADD', PREFIX .. '/lease', NOW + lease, epoch)
  renewed = 1
end
-- Mostly there is nothing of all this, and one look is enough.
local unusual = redis.call('EXISTS', PREFIX .. '/dying', PREFIX .. '/outs', PREFIX .. '/events/on') > 0
told = unusual and told
-- A worker that is renewed by its steps asks nothing else: with that it hears of the dead.
local expired = renewed == 1 and redis.call('ZCOUNT', PREFIX .. '/lease', '-inf', NOW) > 0
  or unusual and redis.call('EXISTS', PREFIX .. '/dying') == 1
local news, queues = renewed + (expired and 2 or 0), {}
for i = 1, tonumber(ARGV[6]) do
  queues[i] = ARGV[6 + i]
end
local at = 7 + #queues
local record = PREFIX .. '/e/' .. epoch
local latest = redis.call('HMGET', record, 'number', 'stale', 'paused')
local want, paused = tonumber(ARGV[4]), tonumber(latest[3] or 0)
if paused > NOW then
  want, news = 0, news + 8
else
  paused = nil
end

if latest[1] == number then
  return repeated(epoch, number, queues, latest[2], news)
elseif latest[1] and tonumber(latest[1]) > tonumber(number) then
  return redis.error_reply('TGSTALE a later step of this epoch was applied')
elseif tonumber(latest[1] or 0) + 1 < tonumber(number) then
  -- This server never had a step that was answered: it was a replica that lagged behind. What it
  -- believes to run under this epoch may have ended; so the epoch ends, and they run again.
  redis.call('ZADD', PREFIX .. '/lease', NOW, epoch)
  return { 'FENCED' }
end

local settled, jobs = 0, 0
local function allowed(position)
  return held[position] == true
end
while at <= #ARGV do
  local section = ARGV[at]
  if section == 'E' then
    at, settled = settle_ended(epoch, at + 1, settled)
  elseif section == 'B' then
    at, settled = settle_back(epoch, at + 1, settled)
  else
    at, jobs = read_run(at + 1, allowed, jobs)
  end
end
write_added()
tell_later()
tell_dependents()

local due, closed, mine = -1, {}, {}
for _, queue in ipairs(queues) do
  local next_due
  next_due, closed[queue] = promote(queue, want, tonumber(number) % 2 == 1)
  if next_due and (due < 0 or next_due < due) then
    due = next_due
  end
  mine[queue] = true
end
write_lanes()

local answer = {}
local step = {
  epoch = epoch,
  want = want,
  limit = tonumber(ARGV[5]),
  mark = ':' .. number .. ':' .. NOW,
  odd = tonumber(number) % 2 == 1,
}
-- What is closed by a rule is due when it opens.
function step.opens(at)
  if at < math.huge and (due < 0 or at < due) then
    due = at
  end
end
for _, queue in ipairs(queues) do
  local expires = claim_overdue(queue, step, answer)
  if expires and (due < 0 or expires < due) then
    due = expires
  end
  if step.want > 0 then
    claim(queue, step, answer, closed[queue])
  end
end
write_running()
redis.call('HSET', record, 'number', number, 'stale', table.concat(stale, ' '))

local more = more_to_tell and 1 or 0
for _, queue in ipairs(queues) do
  if step.want == 0 or overdue[queue] then
    local rules = rules_of(queue)
    local waiting = any_waiting(base_of(queue))
    if overdue[queue] and not waiting then
      due = NOW
    end
    if step.want == 0 and (waiting or overdue[queue]) and not (rules and shut_until(rules)) then
      more = paused and 0 or 1
      ring_bell(queue)
    end
  end
end
if step.want > 0 and #answer > 0 then
  local silent = {}
  for i, queue in ipairs(queues) do
    silent[i] = PREFIX .. '/bell/' .. queue
  end
  redis.call('DEL', unpack(silent))
end
for queue in pairs(touched) do
  if not mine[queue] then
    ring_bell(queue)
  end
end
count(PREFIX .. '/', 'stale', #stale)
if paused then
  due = paused < math.huge and paused or -1
end
-- Parcels of a crashed process are found here.
news = news + ((unusual or kept_parcels) and redis.call('EXISTS', PREFIX .. '/outs') == 1 and 4 or 0)
write_events()
return { 'OK', NOW, more, due, news, stale, requests(epoch), answer }
