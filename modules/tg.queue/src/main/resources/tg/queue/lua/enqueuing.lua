-- Adds all runs of a call: what is common to the scripts whose purpose it is to add.
-- Part: put before the scripts that say so; after adding.lua and finishing.lua.
-- KEYS[1] prefix string
-- ARGV is read from where the caller says to its end: runs, as in adding.lua.
-- Returns: nothing; it defines locals.
-- Atomicity: jobs, lanes, bells and events are of one step.
-- Adds all runs from that place to the end of ARGV.
local function add_runs(at, allowed)
  local number = 0
  while at <= #ARGV do
    at, number = read_run(at, allowed, number)
  end
  write_added()
  finish()
end
