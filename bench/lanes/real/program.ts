import type { Socket } from "node:net";
import type { Workload } from "../workload.ts";

/** Both ends run with `perMessageDeflate` off: a message would wait for another one's compression. */
export const SOCKET_OPTIONS = { perMessageDeflate: false } as const;

export const PORT = 7000;
/** Where `listen.py` leaves the listening socket. */
export const LISTENING_DESCRIPTOR = 3;
/** What the server says when a client may come. */
export const READY = "ready";

/** What server and client are told, as JSON in their first argument. */
export interface Job {
  readonly how: string;
  readonly workload: Workload;
  readonly serverAddress: string;
}

/** The job that this program was started for. */
export function jobOf(args: readonly string[]): Job {
  return JSON.parse(args[2] ?? "") as Job;
}

/** Ends this program with the one that started it, whose end of our input closes however it ends. */
export function endWithParent(): void {
  process.stdin.once("end", () => process.exit(1)).resume();
  // Nor does waiting for that keep a program that is done.
  (process.stdin as Socket).unref();
}
