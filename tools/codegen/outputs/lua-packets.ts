/** What every printed dissector calls lanes and parts, by their number on the wire. */
export const LUA_NAMES = `local LANES = { [0] = "control", [1] = "realtime", [2] = "event", [3] = "bulk", [4] = "stream", [6] = "handshake" }
local PARTS = { [0] = "whole", [1] = "first", [2] = "middle", [3] = "last" }
`;

/** What every printed dissector ends with: packets, the frames in them, their messages, and where they are looked for. */
export const LUA_DISSECTOR = `local mask_of_websocket, stream_of_tcp = Field.new("websocket.mask"), Field.new("tcp.stream")

local PACKET_BYTES_MAX, ACK, HANDSHAKE, STREAM = 16384, 7, 6, 4
local WHOLE, FIRST, LAST = 0, 1, 3

-- Messages in parts: by stream, sender and lane those that are not whole yet; and what a last part made whole, or why not.
local unfinished, finished = {}, {}

function proto.init()
  unfinished, finished = {}, {}
end

-- Clients mask what they send, servers do not.
local function sender()
  local masks = { mask_of_websocket() }
  if #masks == 0 then return nil end
  return masks[#masks].value and "client" or "server"
end

local function read_message(buf, message, tree)
  tree:add(f.message, buf(0, 1), message.name):set_generated()
  tree:add(f.lane, buf(0, 1), message.lane):set_generated()
  local from = sender()
  if from ~= nil then
    local item = tree:add(f.from, buf(0, 1), from)
    item:set_generated()
    if message.from ~= nil and message.from ~= from then complain(item, "only the " .. message.from .. " may send it") end
  end
  local at = message.read(buf, 1, tree)
  if at < buf:len() then
    local text = string.format("%d bytes behind the end: from a newer version, or no message", buf:len() - at)
    tree:add_tvb_expert_info(experts.refused, buf(at), text)
  end
end

-- Shows a message, and returns what it is called.
local function show_message(buf, tree)
  local opcode = buf(0, 1):uint()
  local message = messages[opcode]
  tree:add(f.opcode, buf(0, 1))
  if message == nil then
    tree:add_tvb_expert_info(experts.malformed, buf(0, 1), "no message has this opcode")
    return "opcode " .. opcode
  end
  local good, trouble = pcall(read_message, buf, message, tree)
  if not good and trouble ~= UNREADABLE then error(trouble, 0) end
  return message.name
end

-- The engine's dissector, for a message that this one does not know.
local function engine_for(opcode)
  if opcode >= 32 or messages[opcode] ~= nil or NAME == "tickwire" then return nil end
  return Dissector.get("tickwire")
end

-- A number of 7 bits a byte, the lowest first, and the offset behind it.
local function packed(buf, at, tree)
  local value, scale = 0, 1
  for count = 1, 4 do
    need(buf, at, 1, tree, "a number")
    local byte = buf(at, 1):uint()
    at = at + 1
    value = value + byte % 128 * scale
    scale = scale * 128
    if byte == 0 and count > 1 then fail(buf, at - 1, tree, "a number that is longer than it must be") end
    if byte < 128 then return value, at end
  end
  fail(buf, at - 1, tree, "a number of more than 4 bytes")
end

local function show_ack(buf, at, tree)
  local bytes, hold_at = packed(buf, at + 1, tree)
  need(buf, hold_at, 1, tree, "how long an ack was held")
  if bytes == 0 then fail(buf, at, tree, "an ack of nothing") end
  local hold = buf(hold_at, 1):uint()
  local item = tree:add(f.ack, buf(at, hold_at + 1 - at), bytes)
  if hold == 255 then
    item:append_text(", held for long")
  else
    item:append_text(string.format(", held %.1f ms", hold / 2))
    item:add(f.ack_hold, buf(hold_at, 1), hold / 2)
  end
  return hold_at + 1
end

-- What is wrong with a part of a message; nil: nothing.
local function trouble_with(so_far, part, bytes)
  if so_far == nil then return "the first part was not captured, or there is none" end
  if bytes == 0 then return "a part without a byte" end
  local sum = so_far.bytes:len()
  if part == LAST and sum ~= so_far.announced or part ~= LAST and sum >= so_far.announced then
    return string.format("parts of %d bytes so far, and %d were announced", sum, so_far.announced)
  end
end

-- What became of a part: all of its message in \`bytes\` where it was the last, or the \`trouble\` with it. A packet is looked
-- at again and again, and only the first time in its turn.
local function assemble(payload, lane, part, announced, at, pinfo)
  local place = table.concat({ pinfo.number, at, payload:raw() }, " ")
  if pinfo.visited then return finished[place] or {} end
  local stream = stream_of_tcp()
  local key = table.concat({ stream and stream.value or 0, pinfo.src_port, lane }, " ")
  local so_far = unfinished[key]
  local repeated = part == FIRST and so_far ~= nil
  if part == FIRST then
    so_far = { bytes = ByteArray.new(), announced = announced, count = 0 }
    unfinished[key] = so_far
  end
  if so_far ~= nil then
    so_far.bytes:append(payload)
    so_far.count = so_far.count + 1
  end
  local trouble = repeated and "a first part before the last one of the message in front" or trouble_with(so_far, part, payload:len())
  if part ~= LAST and trouble == nil then return {} end
  if not repeated then unfinished[key] = nil end
  finished[place] = trouble and { trouble = trouble } or { bytes = so_far.bytes, count = so_far.count }
  return finished[place]
end

-- Shows the message that a frame makes whole, and returns what it is called; nil where the engine's dissector shows it.
local function show_whole(frame_buf, message_buf, pinfo, tree, frame)
  local engine = engine_for(message_buf(0, 1):uint())
  if engine == nil then return show_message(message_buf, frame) end
  -- A frame by itself is a packet.
  engine:call(frame_buf, pinfo, tree)
end

local function show_part(buf, at, from, behind, announced, pinfo, tree, frame)
  local head = buf(at, 1):uint()
  local lane, part = head % 8, math.floor(head / 8) % 4
  local payload = from == behind and ByteArray.new() or buf(from, behind - from):bytes()
  local made = assemble(payload, lane, part, announced, at, pinfo)
  if from < behind then frame:add(f.frame_bytes, buf(from, behind - from)) end
  if announced ~= nil then frame:append_text(string.format(" of %d", announced)) end
  if made.trouble ~= nil then frame:add_tvb_expert_info(experts.refused, buf(at, 1), made.trouble) end
  if made.bytes == nil then return PARTS[part] .. " part" end
  frame:append_text(string.format(", the end of a message of %d in %d parts", made.bytes:len(), made.count))
  local whole = ByteArray.new(string.format("%02x", lane + 32))
  whole:append(made.bytes)
  local frame_buf = whole:tvb("Message")
  return show_whole(frame_buf, frame_buf(1):tvb(), pinfo, tree, frame)
end

local function show_transfer(buf, from, behind, part, frame)
  if part == WHOLE or part == FIRST or from == behind then fail(buf, from - 1, frame, "no part of a transfer") end
  frame:add(f.transfer, buf(from, 1))
  if from + 1 < behind then frame:add(f.transfer_bytes, buf(from + 1, behind - from - 1)) end
  return "transfer " .. buf(from, 1):uint()
end

-- Shows what is in a frame, and returns what it is called; nil where the engine's dissector shows it.
local function show_payload(buf, at, from, behind, announced, pinfo, tree, frame)
  local head = buf(at, 1):uint()
  local lane, part = head % 8, math.floor(head / 8) % 4
  if lane == STREAM then return show_transfer(buf, from, behind, part, frame) end
  if lane == HANDSHAKE and part ~= WHOLE then fail(buf, at, frame, "a handshake in parts") end
  if part ~= WHOLE then return show_part(buf, at, from, behind, announced, pinfo, tree, frame) end
  if from < behind then return show_whole(buf(at, behind - at):tvb(), buf(from, behind - from):tvb(), pinfo, tree, frame) end
  if lane ~= 0 then fail(buf, at, frame, "a message without a byte") end
  return "heartbeat"
end

local function show_frame(buf, at, pinfo, tree, root)
  local head = buf(at, 1):uint()
  local lane, part, is_rest = head % 8, math.floor(head / 8) % 4, head >= 32
  if head >= 64 or LANES[lane] == nil then fail(buf, at, root, "no frame begins so") end
  local length, from, announced = buf:len() - at - 1, at + 1, nil
  if not is_rest then length, from = packed(buf, from, root) end
  need(buf, from, length, root, "a frame")
  local behind = from + length
  if part == FIRST then announced, from = packed(buf(0, behind):tvb(), from, root) end
  local frame = root:add(f.frame, buf(at, behind - at))
  frame:append_text(string.format(": %s, %s, %d bytes", LANES[lane], PARTS[part], behind - from))
  frame:add(f.frame_lane, buf(at, 1), lane)
  frame:add(f.frame_part, buf(at, 1), part)
  return behind, show_payload(buf, at, from, behind, announced, pinfo, tree, frame)
end

-- Shows acks and frames, and puts what they are called into \`names\`.
local function show_packet(buf, pinfo, tree, root, names)
  local at, name = 0, nil
  if buf:len() > PACKET_BYTES_MAX then fail(buf, 0, root, string.format("a packet of more than %d bytes", PACKET_BYTES_MAX)) end
  while at < buf:len() do
    if buf(at, 1):uint() == ACK then
      at, name = show_ack(buf, at, root), "ack"
    else
      at, name = show_frame(buf, at, pinfo, tree, root)
    end
    names[#names + 1] = name
  end
end

function proto.dissector(buf, pinfo, tree)
  if buf:len() == 0 then return 0 end
  local root, names = tree:add(proto, buf()), {}
  local good, trouble = pcall(show_packet, buf, pinfo, tree, root, names)
  if not good and trouble ~= UNREADABLE then error(trouble, 0) end
  pinfo.cols.protocol = NAME
  local text = table.concat(names, ", ")
  if text ~= "" then root:append_text(": " .. text) end
  pinfo.cols.info:append(" " .. text)
  return buf:len()
end

for version = VERSION_MIN, VERSION do
  DissectorTable.get("ws.protocol"):add(NAME .. "." .. version, proto)
end

proto.prefs.port = Pref.uint("WebSocket port", 0, "Where no subprotocol was captured: the server's port; 0 for none")
proto:register_heuristic("ws", function(buf, pinfo, tree)
  local port = proto.prefs.port
  if port == 0 or (pinfo.src_port ~= port and pinfo.dst_port ~= port) then return false end
  proto.dissector(buf, pinfo, tree)
  return true
end)
`;
