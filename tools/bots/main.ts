import { performance } from "node:perf_hooks";
import { openClientSocket } from "../../server/node/client-socket.ts";
import { arena } from "../../shared/arena/game.ts";
import { mistakeText } from "../launch/command-line.mjs";
import { Bot, type BotWatcher } from "./bot.ts";
import { botName } from "./bot-name.ts";
import { BOTS_HELP, type BotOptions, parseBotOptions } from "./bot-options.ts";
import { exitCodeOf, summarise, summaryText } from "./bot-summary.ts";
import { ByteProfile, type ProfiledGame } from "./byte-profile.ts";
import { summariseProfile } from "./profile-summary.ts";
import { profileText } from "./profile-text.ts";
import { profiledArena } from "./profiled-arena.ts";
import { TraceFile, TRACED_BOTS_MAX, traceText } from "./trace-file.ts";
import { watchedLink } from "../../shared/engine/profile/watched-link.ts";

const CONNECTS_PER_SECOND = 50;
const PROGRESS_MS = process.stderr.isTTY ? 500 : 5_000;
/** How long the sockets have for their close frames. */
const LEAVE_MS = 300;

const nowMs = (): number => performance.now();
const options = parseBotOptions(process.argv.slice(2));
if (options === "help") {
  process.stdout.write(BOTS_HELP);
} else if ("error" in options) {
  process.stderr.write(mistakeText(options.error, "npm run bots --"));
  process.exitCode = 2;
} else {
  const trace = openTrace(options);
  if (trace === "failed") process.exitCode = 2;
  else run(options, trace);
}

/** The file that `--trace` names, open; "failed" when it cannot be written, which is told. */
function openTrace({ traceFile, count }: BotOptions): TraceFile | undefined | "failed" {
  if (traceFile === undefined) return undefined;
  try {
    return new TraceFile(traceFile, Math.min(count, TRACED_BOTS_MAX));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`--trace: ${traceFile} cannot be written: ${reason}\n`);
    return "failed";
  }
}

function run({ url, count, seconds, isJson, isQuiet, isProfiled }: BotOptions, trace: TraceFile | undefined): void {
  const startMs = nowMs();
  const isPersistent = seconds === undefined;
  const game = isProfiled ? profiledArena() : undefined;
  const players = Array.from({ length: count }, (_, index) => {
    const startsAtMs = startMs + (index * 1_000) / CONNECTS_PER_SECOND;
    return createPlayer({ index, startsAtMs, isPersistent, url, game, trace });
  });
  const bots = players.map(({ bot }) => bot);
  // The time that was asked for begins when the last bot connects.
  const endsAtMs = seconds === undefined ? Infinity : startMs + (count * 1_000) / CONNECTS_PER_SECOND + seconds * 1_000;
  const stopProgress = isQuiet ? () => undefined : showProgress(bots, endsAtMs, trace);

  let isOver = false;
  const finish = async (): Promise<void> => {
    if (isOver) return;
    isOver = true;
    clearInterval(ticker);
    stopProgress();
    const reports = bots.map((bot) => bot.report());
    const summary = summarise(reports);
    for (const bot of bots) bot.stop();
    const profiles = players.flatMap(({ profile }) => (profile === undefined ? [] : [profile.report()]));
    const profile = isProfiled ? summariseProfile(profiles) : undefined;
    const traced = await trace?.end();
    const texts = [
      summaryText(summary, reports),
      ...(traced === undefined ? [] : [traceText(traced)]),
      ...(profile === undefined ? [] : ["", profileText(profile)]),
    ];
    if (isJson) process.stdout.write(`${JSON.stringify({ ...summary, trace: traced, profile })}\n`);
    else if (!isQuiet) process.stdout.write(`${texts.join("\n")}\n`);
    if (traced?.problem !== undefined) process.stderr.write(`${traced.problem}\n`);
    const code = seconds === undefined ? 0 : exitCodeOf(summary);
    process.exitCode = traced?.problem === undefined ? code : 1;
    setTimeout(() => process.exit(), LEAVE_MS);
  };
  const ticker = setInterval(() => {
    for (const bot of bots) bot.advance(nowMs());
    if (nowMs() >= endsAtMs || bots.every((bot) => bot.isGone)) void finish();
  }, 1_000 / arena.tickRate);
  // Ctrl-C, a request to end, or the end of the launcher that started us.
  for (const event of ["SIGINT", "SIGTERM", "disconnect"]) process.on(event, () => void finish());
}

interface PlayerOptions {
  readonly index: number;
  readonly startsAtMs: number;
  readonly isPersistent: boolean;
  readonly url: string;
  /** Undefined: nobody asks where the bytes went. */
  readonly game: ProfiledGame | undefined;
  readonly trace: TraceFile | undefined;
}

/** A bot, and what was asked to be known of it. */
function createPlayer({ index, startsAtMs, isPersistent, url, game, trace }: PlayerOptions) {
  const profile = game === undefined ? undefined : new ByteProfile(game);
  const watcher = index < TRACED_BOTS_MAX && trace !== undefined ? traceWatcher(trace, index) : undefined;
  const bot = new Bot({
    name: botName(index),
    seed: index + 1,
    startsAtMs,
    isPersistent,
    watcher,
    openLink: () => {
      const listener = profile?.begin();
      return watchedLink(openClientSocket(url, arena.protocol), (packet, receivedAtMs) => {
        listener?.(packet, receivedAtMs);
        // A traced bot looks at each packet by itself, so that no snapshot is passed over for a newer one.
        if (watcher !== undefined) bot.advance(nowMs());
      });
    },
  });
  return { bot, profile };
}

function traceWatcher(trace: TraceFile, client: number): BotWatcher {
  return {
    onSnapshot: (tick, world) => {
      trace.add(client, tick, arena.tables(world));
    },
    onLoss: () => {
      trace.leave(client);
    },
  };
}

/** One line that says how it goes: in place on a terminal, now and then elsewhere. Returns what ends it. */
function showProgress(bots: readonly Bot[], endsAtMs: number, trace: TraceFile | undefined): () => void {
  let lastSnapshots = 0;
  const timer = setInterval(() => {
    const connected = bots.filter((bot) => bot.isConnected).length;
    const snapshots = bots.reduce((sum, bot) => sum + bot.snapshots, 0);
    const perSecond = Math.round(((snapshots - lastSnapshots) * 1_000) / PROGRESS_MS);
    lastSnapshots = snapshots;
    const left = endsAtMs === Infinity ? "" : ` · ${Math.max(0, Math.ceil((endsAtMs - nowMs()) / 1_000))} s left`;
    const traced = trace === undefined ? "" : ` · ${trace.lines} lines traced`;
    const line = `${connected} of ${bots.length} connected · ${perSecond} snapshots/s${traced}${left}`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[2K${line}` : `${line}\n`);
  }, PROGRESS_MS);
  return () => {
    clearInterval(timer);
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[2K");
  };
}
