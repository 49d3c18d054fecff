-- Cancels, requeues or forgets the jobs of a kind in a slice of a queue.
-- Uses: base, lanes, ends, expiring, deferring, telling, places, elsewhere, finding, sifting, selecting, finishing, canceling, reviving
-- KEYS[1] prefix string
-- ARGV[1] request name: of this call
-- ARGV[2] queue name
-- ARGV[3] deed name: cancel, requeue or delete
-- ARGV[4] keep ms: of canceled jobs that do not say themselves
-- ARGV[5..] selection: see selecting.lua
-- Returns: where the next slice begins (place, space, cursor), empty after the last; how many it was done to;
-- how many were looked at; their bytes.
-- Atomicity: a job is of the kind when it is done; and it must be in exactly one place.
local before = answered(ARGV[1])
if before then
  local next_place, done, looked, bytes = string.match(before, '^(.*);(%d+);(%d+);(%d+)$')
  return { next_place, tonumber(done), tonumber(looked), tonumber(bytes) }
end
local queue, base, keep = ARGV[2], base_of(ARGV[2]), tonumber(ARGV[4])
local ENDED = { finished = true, failed = true, canceled = true }

local deeds = {}

function deeds.cancel(row)
  if row[1] == 'running' then
    return ask_to_cancel(queue, row.id, row[4], row[5])
  end
  return not ENDED[row[1]] and cancel_resting(base, row.id, row[2], row[3], keep)
end

function deeds.requeue(row)
  return ENDED[row[1]] and revive(queue, row.id, row[2], row.bucket)
end

function deeds.delete(row)
  return ENDED[row[1]] and forget(base, row.id, row.bucket)
end

local slice, done = select_slice(base, 5), 0
for _, row in ipairs(slice.picked) do
  if deeds[ARGV[3]](row) then
    done = done + 1
  end
end
if ARGV[3] == 'requeue' and done > 0 then
  write_revived(queue)
else
  finish()
end
answer_once(ARGV[1], slice.next .. ';' .. done .. ';' .. slice.looked .. ';' .. slice.bytes)
return { slice.next, done, slice.looked, slice.bytes }
