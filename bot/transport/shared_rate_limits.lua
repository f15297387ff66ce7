-- One message asks for its place: in the bot's second, in its chat, and in its group's minute (bot/transport/rate_limits.py says
-- by which rules). Granted, it is counted in all of them at the moment at which it leaves, a little ahead at most.
--
-- KEYS  starts of the bot, pace of the bot, hold of the bot, debt of the chat, hold of the chat, starts of the group,
--       the name of this memory
-- ARGV  now (empty: the server's), 1 for an emergency, 1 when it left already, a name that no other message has, how far
--       ahead a place may be; per second, kept; every, most debt and kept debt of the pace and of the chat; 1 for a
--       group, per minute, kept; margin; the memory that whoever asks knows. Times in seconds.
-- Answers whether it was granted, in how many microseconds it, the next emergency, the next other may leave, and the name
-- of the memory: another one than before has forgotten what left.

local at_now = ARGV[1]
if at_now == '' then
  local time = redis.call('TIME')
  at_now = time[1] + time[2] / 1000000
end
local now = tonumber(at_now)
local emergency, left = ARGV[2] == '1', ARGV[3] == '1'
local name, ahead = ARGV[4], tonumber(ARGV[5])
local per_second, kept = tonumber(ARGV[6]), tonumber(ARGV[7])
local pace_every, pace_debt = tonumber(ARGV[8]), tonumber(ARGV[9])
local chat_every, chat_debt, chat_kept = tonumber(ARGV[10]), tonumber(ARGV[11]), tonumber(ARGV[12])
local group, per_minute, group_kept = ARGV[13] == '1', tonumber(ARGV[14]), tonumber(ARGV[15])
local margin = tonumber(ARGV[16])

local memory = redis.call('GET', KEYS[7])
if not memory then
  memory = name
  redis.call('SET', KEYS[7], memory)
end
if not left and ARGV[17] ~= '' and ARGV[17] ~= memory then
  local pause = math.ceil(margin * 1000000)
  return {0, pause, pause, pause, memory}
end

local second = 1.002 -- two clocks round alike, or nearly

local function number(key)
  return tonumber(redis.call('GET', key) or '0')
end

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

local function whole_bot(urgent)
  if urgent and number(KEYS[3]) <= now and fits(now) then return now end
  local at = math.max(now, number(KEYS[3]), window(KEYS[1], per_second, kept, second, urgent))
  if urgent then return at end
  return math.max(at, number(KEYS[2]) - pace_debt)
end

local function keep(key, value, seconds)
  redis.call('SET', key, string.format('%.6f', value), 'PX', math.ceil(seconds * 1000) + 1000)
end

local function count(key, limit, at, seconds)
  redis.call('ZADD', key, string.format('%.6f', at), name)
  redis.call('ZREMRANGEBYRANK', key, 0, -limit - 9)
  redis.call('PEXPIRE', key, math.ceil(seconds * 1000))
end

local at = now
if not left then
  at = math.max(whole_bot(emergency), number(KEYS[5]))
  at = math.max(at, number(KEYS[4]) - chat_debt + (emergency and 0 or chat_kept))
  if group then at = math.max(at, window(KEYS[6], per_minute, group_kept, 60, emergency)) end
end
local granted = left or at <= now + ahead
if granted then
  count(KEYS[1], per_second, at, 5)
  if not emergency and not left then keep(KEYS[2], math.max(number(KEYS[2]), at) + pace_every, 5) end
  if not left or redis.call('EXISTS', KEYS[4]) == 0 then
    keep(KEYS[4], math.max(number(KEYS[4]), at) + chat_every, chat_debt + chat_every * 2)
  end
  if group then count(KEYS[6], per_minute, at, 65) end
end
local function from_now(moment) return math.ceil((moment - now) * 1000000) end
return {granted and 1 or 0, from_now(at), from_now(whole_bot(true)), from_now(whole_bot(false)), memory}
