import { networkInterfaces } from "node:os";
import type { Desync } from "#engine/server";
import type { ServerStatus } from "./status-page.ts";

/** The addresses at which a browser finds the server, the one to click on first. */
export function addressesOf(host: string, port: number): string[] {
  if (host !== "0.0.0.0" && host !== "::") return [urlOf(host, port)];
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === "IPv4" && !address.internal)
    .map((address) => urlOf(address.address, port));
  return [urlOf("127.0.0.1", port), ...outside];
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** One line on how the server is doing. */
export function statusLine(status: ServerStatus): string {
  const { players, tick, tickWorkMs, tickLatenessMs, droppedTicks } = status;
  const ms = (value: number): string => value.toFixed(1);
  return (
    `tick ${tick} · ${players} ${players === 1 ? "player" : "players"} · ` +
    `work p50 ${ms(tickWorkMs.p50)} p99 ${ms(tickWorkMs.p99)} ms · ` +
    `late p50 ${ms(tickLatenessMs.p50)} p99 ${ms(tickLatenessMs.p99)} ms · ${droppedTicks} dropped`
  );
}

/** What a player held otherwise than it was sent. */
export function desyncLine({ playerId, tick, entity }: Desync): string {
  const start = `desync: player ${playerId}, tick ${tick}: `;
  if (entity === undefined) return `${start}the view differs; all of it was sent anew`;
  const { kind, slot, generation, fields } = entity;
  return `${start}${kind} ${slot}.${generation} differs in ${fields.join(", ")}; it was sent anew`;
}

/** Lines about desyncs in one second: what clients report must not fill a disk. */
const DESYNC_LINES_PER_SECOND = 5;

/** Says what `desyncLine` makes of desyncs, and of more than a few in a second how many there were. */
export function desyncLog(say: (line: string) => void, nowMs: () => number): (desync: Desync) => void {
  let secondEndsAtMs = -Infinity;
  let count = 0;
  return (desync) => {
    if (nowMs() >= secondEndsAtMs) {
      if (count > DESYNC_LINES_PER_SECOND) say(`desync: ${count - DESYNC_LINES_PER_SECOND} more within a second`);
      secondEndsAtMs = nowMs() + 1_000;
      count = 0;
    }
    count += 1;
    if (count <= DESYNC_LINES_PER_SECOND) say(desyncLine(desync));
  };
}

/** Why a server could not start, for the person who started it. */
export function startErrorText(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `Port ${port} is taken. Stop what runs there, or choose another: PORT=${port + 1} npm start`;
  if (code === "EACCES") return `Port ${port} needs more rights. Choose one above 1023: PORT=8080 npm start`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `This machine has no address ${host}. Leave HOST out, or use --host.`;
  if ((code === "ENOENT" || code === "ENOTDIR") && error instanceof Error && "path" in error)
    return `There is no folder ${String(error.path)} with a built page. Write another behind --static, or build one: npm start`;
  return error instanceof Error ? error.message : String(error);
}
