-- Ends a script that put jobs somewhere: tells whom it concerns, writes lanes, wakes workers.
-- Part: put before the scripts that say so; after base.lua, lanes.lua and telling.lua.
-- KEYS[1] prefix string
-- Returns: nothing; it defines locals.
-- Atomicity: jobs, lanes, bells and events are of one step.
local function finish()
  tell_dependents()
  write_lanes()
  for queue in pairs(touched) do
    ring_bell(queue)
  end
  write_events()
end
