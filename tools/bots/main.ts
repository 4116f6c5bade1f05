import { performance } from "node:perf_hooks";
import { WebSocket } from "ws";
import { type Link, offeredSubprotocols, WebSocketLink } from "#engine/shared";
import { arena } from "../../shared/arena/game.ts";
import { Bot } from "./bot.ts";
import { botName } from "./bot-name.ts";
import { BOTS_HELP, type BotOptions, parseBotOptions } from "./bot-options.ts";
import { exitCodeOf, summarise, summaryText } from "./bot-summary.ts";

const CONNECTS_PER_SECOND = 50;
const MESSAGE_BYTES_MAX = 65_536;
const HANDSHAKE_MS_MAX = 5_000;
const PROGRESS_MS = process.stderr.isTTY ? 500 : 5_000;
/** How long the sockets have for their close frames. */
const LEAVE_MS = 300;

const nowMs = (): number => performance.now();
const options = parseBotOptions(process.argv.slice(2));
if (options === "help") {
  process.stdout.write(BOTS_HELP);
} else if ("error" in options) {
  process.stderr.write(`${options.error}\n\n${BOTS_HELP}`);
  process.exitCode = 2;
} else {
  run(options);
}

function run({ url, count, seconds, isJson, isQuiet }: BotOptions): void {
  const startMs = nowMs();
  const bots = Array.from({ length: count }, (_, index) => {
    const startsAtMs = startMs + (index * 1_000) / CONNECTS_PER_SECOND;
    const isPersistent = seconds === undefined;
    return new Bot({ name: botName(index), seed: index + 1, startsAtMs, isPersistent, openLink: () => openLink(url) });
  });
  // The time that was asked for begins when the last bot connects.
  const endsAtMs = seconds === undefined ? Infinity : startMs + (count * 1_000) / CONNECTS_PER_SECOND + seconds * 1_000;
  const stopProgress = isQuiet ? () => undefined : showProgress(bots, endsAtMs);

  let isOver = false;
  const finish = (): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(ticker);
    stopProgress();
    const reports = bots.map((bot) => bot.report());
    const summary = summarise(reports);
    for (const bot of bots) bot.stop();
    if (isJson) process.stdout.write(`${JSON.stringify(summary)}\n`);
    else if (!isQuiet) process.stdout.write(`${summaryText(summary, reports)}\n`);
    process.exitCode = seconds === undefined ? 0 : exitCodeOf(summary);
    setTimeout(() => process.exit(), LEAVE_MS);
  };
  const ticker = setInterval(() => {
    for (const bot of bots) bot.advance(nowMs());
    if (nowMs() >= endsAtMs || bots.every((bot) => bot.isGone)) finish();
  }, 1_000 / arena.tickRate);
  // Ctrl-C, a request to end, or the end of the launcher that started us.
  for (const event of ["SIGINT", "SIGTERM", "disconnect"]) process.on(event, finish);
}

function openLink(url: string): Link {
  const socket = new WebSocket(url, offeredSubprotocols(arena.protocol), {
    perMessageDeflate: false,
    maxPayload: MESSAGE_BYTES_MAX,
    handshakeTimeout: HANDSHAKE_MS_MAX,
  });
  return new WebSocketLink(socket, nowMs);
}

/** One line that says how it goes: in place on a terminal, now and then elsewhere. Returns what ends it. */
function showProgress(bots: readonly Bot[], endsAtMs: number): () => void {
  let lastSnapshots = 0;
  const timer = setInterval(() => {
    const connected = bots.filter((bot) => bot.isConnected).length;
    const snapshots = bots.reduce((sum, bot) => sum + bot.snapshots, 0);
    const perSecond = Math.round(((snapshots - lastSnapshots) * 1_000) / PROGRESS_MS);
    lastSnapshots = snapshots;
    const left = endsAtMs === Infinity ? "" : ` · ${Math.max(0, Math.ceil((endsAtMs - nowMs()) / 1_000))} s left`;
    const line = `${connected} of ${bots.length} connected · ${perSecond} snapshots/s${left}`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  }, PROGRESS_MS);
  return () => {
    clearInterval(timer);
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
  };
}
