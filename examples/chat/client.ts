import { openChannel } from "tickwire/browser";
import {
  type BulkOffer,
  type BulkSink,
  type BulkTransfer,
  type Channel,
  CloseCode,
  type CloseReason,
} from "tickwire/shared";
import {
  encodeJoin,
  encodeSay,
  type Entered,
  FILE_BYTES_MAX,
  FILE_NAME_BYTES_MAX,
  NAME_BYTES_MAX,
  PROTOCOL,
  type Said,
  type ServerMessage,
  type Shared,
  TEXT_BYTES_MAX,
} from "./generated/chat.ts";
import { fileElement, fileSink, fileSource } from "./page-files.ts";
import { ChatLog } from "./page-log.ts";
import { cut, sizeText } from "./page-text.ts";

/** How long the page waits before it tries again to reach a server that is gone, in milliseconds. */
const AGAIN_MS = 1_000;
const ARRIVING_MAX = 64;

/** A file that somebody else sends: its line and its bytes come over different lanes, in either order. */
interface Arriving {
  line?: HTMLElement;
  name?: string;
  content?: BlobPart[];
}

interface Upload {
  readonly number: number;
  readonly file: File;
  readonly transfer: BulkTransfer;
}

const elementOf = (id: string): HTMLElement => document.getElementById(id)!;
const inputOf = (id: string): HTMLInputElement => document.getElementById(id) as HTMLInputElement;
const log = new ChatLog(elementOf("log"));
const members = new Map<number, string>();
const arriving = new Map<string, Arriving>();
/** Own lines and files that have not come back: when they were said, and what they are. */
let saidAtMs: number[] = [];
let uploads: Upload[] = [];
/** Files sent over this channel. */
let uploadCount = 0;
let channel: Channel<ServerMessage> | undefined;
let you: number | undefined;

elementOf("join").onsubmit = (event) => {
  event.preventDefault();
  show("ending", "");
  elementOf("join").hidden = true;
  elementOf("chat").hidden = false;
  connect();
  elementOf("text").focus();
};

elementOf("say").onsubmit = (event) => {
  event.preventDefault();
  const input = inputOf("text");
  const text = cut(input.value.trim(), TEXT_BYTES_MAX);
  if (text === "" || channel?.phase !== "open") return;
  channel.send(encodeSay({ text }));
  saidAtMs.push(performance.now());
  input.value = "";
};

inputOf("file").onchange = async () => {
  const input = inputOf("file");
  const file = input.files?.[0];
  input.value = "";
  if (file === undefined) return;
  if (file.size === 0 || file.size > FILE_BYTES_MAX) {
    log.tell(`${file.name} has ${sizeText(file.size)}: send between 1 byte and ${sizeText(FILE_BYTES_MAX)}.`);
    return;
  }
  const content = new Uint8Array(await file.arrayBuffer());
  if (channel?.phase !== "open") return;
  const transfer = channel.sendBulk(fileSource(cut(file.name, FILE_NAME_BYTES_MAX), content));
  uploads.push({ number: uploadCount, file, transfer });
  uploadCount += 1;
};

function connect(): void {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const url = `${scheme}://${location.host}/ws`;
  channel = openChannel({ url, protocol: PROTOCOL, receiveBulk, onAdvance, onEnd });
  channel.send(encodeJoin({ name: cut(inputOf("name").value, NAME_BYTES_MAX) }));
}

function onAdvance(open: Channel<ServerMessage>): void {
  for (const message of open.takeMessages()) read(message);
  show("status", open.phase === "open" ? "connected" : "connecting …");
  show("trip", open.rttMs === undefined ? "" : `round trip ${open.rttMs.toFixed(0)} ms`);
  uploads = uploads.filter(({ file, transfer }) => {
    if (transfer.state === "cancelled") log.tell(`${file.name} was refused: the server is busy with other files.`);
    return transfer.state === "running" || transfer.state === "done";
  });
  const underWay = uploads.map(({ file, transfer }) => `${file.name}: ${sizeText(transfer.deliveredBytes)}`);
  show("upload", underWay.join(", "));
}

/** Who broke off is tried again; who was sent away may read why. */
function onEnd({ code, reason }: CloseReason): void {
  you = undefined;
  saidAtMs = [];
  uploads = [];
  uploadCount = 0;
  arriving.clear();
  for (const id of ["upload", "trip"]) show(id, "");
  show("status", "not connected");
  if (code === CloseCode.ABNORMAL || code === CloseCode.GOING_AWAY) {
    setTimeout(connect, AGAIN_MS);
    return;
  }
  show("ending", reason === "" ? `The server ended the connection (code ${code}).` : reason);
  elementOf("join").hidden = false;
  elementOf("chat").hidden = true;
}

function read({ type, value }: ServerMessage): void {
  switch (type) {
    case "Entered":
      enter(value);
      break;
    case "Joined":
      members.set(value.member.id, value.member.name);
      showMembers();
      log.tell(`${value.member.name} has come.`);
      break;
    case "Left":
      log.tell(`${members.get(value.id) ?? "Somebody"} has left.`);
      members.delete(value.id);
      showMembers();
      break;
    case "Said":
      hear(value);
      break;
    case "Shared":
      showFile(value);
      break;
  }
}

function enter({ you: own, members: present, history }: Entered): void {
  you = own;
  members.clear();
  for (const { id, name } of present) members.set(id, name);
  showMembers();
  log.clear();
  for (const { name, text } of history) log.say(name, text);
}

function showMembers(): void {
  const names = [...members.values()].map((name) => Object.assign(document.createElement("li"), { textContent: name }));
  elementOf("members").replaceChildren(...names);
}

function hear({ line: { from, name, text } }: Said): void {
  const isOwn = from === you;
  const sinceMs = isOwn ? saidAtMs.shift() : undefined;
  log.say(name, text, { isOwn, tookMs: sinceMs === undefined ? undefined : performance.now() - sinceMs });
}

function showFile({ file, from, upload: number, name, size }: Shared): void {
  const isOwn = from === you;
  const line = log.say(members.get(from) ?? "Somebody", `${name} (${sizeText(size)})`, { isOwn });
  if (!isOwn) {
    arrive(String(file), { line, name });
    return;
  }
  const upload = uploads.find((each) => each.number === number);
  uploads = uploads.filter((each) => each !== upload);
  if (upload !== undefined) log.attach(line, fileElement(name, [upload.file]));
}

function receiveBulk(offer: BulkOffer): BulkSink | undefined {
  return fileSink(offer, (content) => {
    arrive(offer.name, { content });
  });
}

/** Takes what has come of a file; when both have, it stands in its line. */
function arrive(file: string, news: Arriving): void {
  const known = { ...arriving.get(file), ...news };
  const { line, name, content } = known;
  if (line !== undefined && name !== undefined && content !== undefined) {
    arriving.delete(file);
    log.attach(line, fileElement(name, content));
  } else if (arriving.size < ARRIVING_MAX) arriving.set(file, known);
}

function show(id: string, text: string): void {
  const element = elementOf(id);
  // Set only when it changes: screen readers tell it then.
  if (element.textContent !== text) element.textContent = text;
}
