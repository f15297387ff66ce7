-- One message asks for its place: in the bot's second, in its chat, and in its group's minute (bot/transport/rate_limits.py says
-- by which rules). Granted, it is counted in all of them at the moment at which it leaves, a little ahead at most.
--
-- KEYS  starts of the bot, pace of the bot, hold of the bot, debt of the chat, hold of the chat, starts of the group,
--       what is kept, hold of the method in the chat
-- ARGV  now (empty: the server's), 1 for an emergency (2 for what has the place after a row of them), 1 when it left already, a name that no other message has, how far
--       ahead a place may be; per second, kept; every, most debt and kept debt of the pace and of the chat; 1 for a
--       group, per minute, kept; margin; the memory that whoever asks knows (empty: none yet; "apart": an emergency
--       that waits for none, for its process keeps to a share of its own); the longest hold and the pause between two
--       probes of one; how many may leave at once, and the part of an even gap that lies between others. Times in seconds.
-- Answers whether it was granted, in how many microseconds it, the next emergency, the next other may leave, the name of
-- the memory (another one than before has forgotten what left: all of it, or with "part:" a part), and of holds: 0 none, 1 the bot or the chat, 2 only the
-- method, and 4 more when one was longer than any may be.

local at_now = ARGV[1]
if at_now == '' then
  local time = redis.call('TIME')
  at_now = time[1] + time[2] / 1000000
end
local now = tonumber(at_now)
local emergency, left = ARGV[2] == '1', ARGV[3] == '1'
local first = emergency or ARGV[2] == '2'
local name, ahead = ARGV[4], tonumber(ARGV[5])
local per_second, kept = tonumber(ARGV[6]), tonumber(ARGV[7])
local pace_every, pace_debt = tonumber(ARGV[8]), tonumber(ARGV[9])
local chat_every, chat_debt, chat_kept = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local group, per_minute, group_kept = ARGV[13] == '1', tonumber(ARGV[14]), tonumber(ARGV[15])
local margin = tonumber(ARGV[16])
local longest, probe_every = tonumber(ARGV[18]), tonumber(ARGV[19])
local at_once, gap = tonumber(ARGV[20]), tonumber(ARGV[21]) / per_second

-- Kept, in one key, so that no eviction takes a part of it: the name of this memory, without an end, and each key that
-- counts, with the time until which it does. Without the name everything was forgotten; a key that is here, but is gone
-- before its time, was lost alone.
local memory = redis.call('ZRANGE', KEYS[7], -1, -1)[1]
local lost = false

local function new_memory(kind)
  if memory then redis.call('ZREM', KEYS[7], memory) end
  local time = redis.call('TIME') -- what is told again has the name that it had: that alone might be the last one
  memory = kind .. name .. ':' .. time[1] .. '.' .. time[2]
  redis.call('ZADD', KEYS[7], '+inf', memory)
end

if not memory then new_memory('') end
if not left then
  redis.call('ZREMRANGEBYSCORE', KEYS[7], '-inf', now)
  for _, key in ipairs({KEYS[1], KEYS[6]}) do
    -- Nothing leaves in the future: such a start would hold the place of others until then.
    if redis.call('ZREMRANGEBYSCORE', key, now + ahead + 5, '+inf') > 0 then redis.call('ZREM', KEYS[7], key) end
  end
  for _, key in ipairs({KEYS[1], KEYS[4], KEYS[6]}) do
    if redis.call('ZSCORE', KEYS[7], key) and redis.call('EXISTS', key) == 0 then
      lost = true
      redis.call('ZREM', KEYS[7], key)
    end
  end
end
if lost then new_memory('part:') end
if not left and ARGV[17] ~= 'apart' and (lost or ARGV[17] ~= '' and ARGV[17] ~= memory) then
  local pause = math.ceil(margin * 1000000)
  return {0, pause, pause, pause, memory, 0}
end

-- Redis forgets by its own clock: what is counted by another one's stays until that has surely come so far.
local slower = ARGV[1] == '' and 1 or 100

local second = 1.002 -- two clocks round alike, or nearly

-- A debt, in the time at which it is paid. More than may be owed is nobody's, and is cut to that.
local function debt(key, most)
  local paid_at = tonumber(redis.call('GET', key) or '0')
  if paid_at and paid_at <= now + ahead + most then return paid_at end
  redis.call('ZREM', KEYS[7], key) -- it ends sooner than was said
  redis.call('SET', key, string.format('%.6f', now + most), 'PX', math.ceil(most * 1000 * slower) + 1000)
  return now + most
end

-- Nothing that is written here is believed for longer than the longest hold: it is cut when it is first seen, and from then
-- on an emergency probes it.
local too_long = 0
local function held(key)
  if left then return 0, 0 end
  local ends = tonumber(redis.call('GET', key) or '0')
  if ends and ends <= now then return 0, 0 end
  if not (ends and ends <= now + longest) then
    if not (ends and ends <= now + longest * 1.5) then too_long = 4 end
    ends = now + longest
    redis.call('SET', key, string.format('%.6f', ends), 'PX', math.ceil(longest * 1000))
  end
  local probe = tonumber(redis.call('GET', key .. ':probe') or 'none')
  if not (probe and probe <= now + probe_every) then
    probe = now + probe_every
    redis.call('SET', key .. ':probe', string.format('%.6f', probe), 'PX', math.ceil(longest * 1000))
  end
  return ends, math.min(ends, probe)
end

local holds = {KEYS[3], KEYS[5], KEYS[8]}
local ends, probes = {}, {}
for i, key in ipairs(holds) do ends[i], probes[i] = held(key) end
local function hold(i, urgent) return urgent and probes[i] or ends[i] end

local function free(key, places, span)
  local last = redis.call('ZRANGE', key, places - 1, places - 1, 'REV', 'WITHSCORES')
  return last[2] and last[2] + span or 0
end

local function window(key, limit, share, span, urgent)
  local at = free(key, limit, span * margin)
  if urgent then return at end
  return math.max(at, free(key, limit - share, span))
end

-- Whether no second that has this moment in it would hold too much, of places too that are given away a little ahead.
local function fits(moment)
  local starts = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  local ends = {moment}
  for i = 2, #starts, 2 do
    if tonumber(starts[i]) > moment then ends[#ends + 1] = tonumber(starts[i]) end
  end
  for _, last in ipairs(ends) do
    local within = 1
    for i = 2, #starts, 2 do
      local at = tonumber(starts[i])
      if at > last - second and at <= last then within = within + 1 end
    end
    if within > per_second then return false end
  end
  return true
end

-- The first moment, from now on, that no other place is shortly before; as long as few left in this second, now.
local function apart()
  local at, within = now, 0
  local starts = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
  for i = 2, #starts, 2 do
    if tonumber(starts[i]) > now - second then within = within + 1 end
  end
  if within < at_once then return now end
  for i = 2, #starts, 2 do
    local other = tonumber(starts[i])
    if other <= at and at - other < gap then at = other + gap end
  end
  return at
end

local function whole_bot(urgent, probes_too)
  local free = urgent and apart() or now
  if urgent and hold(1, probes_too) <= free and fits(free) then return free end
  local at = math.max(free, hold(1, probes_too), window(KEYS[1], per_second, kept, second, urgent))
  if urgent then return at end
  return math.max(at, debt(KEYS[2], pace_debt + pace_every) - pace_debt)
end

local function keep(key, value, seconds)
  redis.call('SET', key, string.format('%.6f', value), 'PX', math.ceil(seconds * 1000 * slower) + 1000)
end

-- The key is looked for until then.
local function is_kept(key, ends)
  redis.call('ZADD', KEYS[7], 'GT', string.format('%.6f', ends), key)
end

local function count(key, limit, at, span, seconds)
  redis.call('ZADD', key, string.format('%.6f', at), name)
  redis.call('ZREMRANGEBYRANK', key, 0, -limit - 9)
  redis.call('PEXPIRE', key, math.ceil(seconds * 1000 * slower))
  is_kept(key, at + span)
end

local at = now
if not left then
  at = math.max(whole_bot(first, emergency), hold(2, emergency), hold(3, emergency))
  at = math.max(at, debt(KEYS[4], chat_debt + chat_every) - chat_debt + (emergency and 0 or chat_kept))
  if group then at = math.max(at, window(KEYS[6], per_minute, group_kept, 60, emergency)) end
end
local granted = left or at <= now + ahead
if granted then
  count(KEYS[1], per_second, at, second, 5)
  if not emergency and not left then keep(KEYS[2], math.max(debt(KEYS[2], pace_debt + pace_every), at) + pace_every, 5) end
  if not left or redis.call('EXISTS', KEYS[4]) == 0 then
    local paid_at = math.max(debt(KEYS[4], chat_debt + chat_every), at) + chat_every
    keep(KEYS[4], paid_at, chat_debt + chat_every * 2)
    is_kept(KEYS[4], paid_at)
  end
  if group then count(KEYS[6], per_minute, at, 60 * margin, 65) end
  for i, key in ipairs(holds) do
    if not left and ends[i] > at then
      probes[i] = math.min(ends[i], at + probe_every)
      redis.call('SET', key .. ':probe', string.format('%.6f', at + probe_every), 'PX', math.ceil(longest * 1000))
    end
  end
end
local held_by = too_long
if ends[1] > 0 or ends[2] > 0 then held_by = held_by + 1 elseif ends[3] > 0 then held_by = held_by + 2 end
local function from_now(moment) return math.ceil((moment - now) * 1000000) end
return {granted and 1 or 0, from_now(at), from_now(whole_bot(true, true)), from_now(whole_bot(false, false)), memory, held_by}
