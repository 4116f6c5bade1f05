import { BYTE_USES, type ByteUse } from "../../shared/engine/profile/packet-bytes.ts";
import { type ClientProfile, mergeKinds, sumOf } from "./byte-profile.ts";
import type { KindCounts } from "../../shared/engine/profile/snapshot-profile.ts";

/** Bytes per second of one client: on average, and of the one that has most. */
export interface Rate {
  readonly mean: number;
  readonly max: number;
}

/** What bytes of packets are spent on: a lane's payloads, acks, or heads of frames. */
export interface UseProfile {
  readonly use: ByteUse;
  readonly bytesPerSecond: Rate;
  /** Of all bytes received, 0 to 1. */
  readonly share: number;
}

/** Of a message's own bytes, without the heads of frames. */
export interface MessageProfile {
  readonly name: string;
  readonly lane: string;
  readonly bytesPerSecond: Rate;
  /** Of all bytes received, 0 to 1. */
  readonly share: number;
}

export interface FieldProfile {
  /** What a code book is about, such as "vx, vy", or a part: "lists", "whole rows", "owner". */
  readonly label: string;
  readonly bytesPerSecond: Rate;
  /** Of the kind's bytes, 0 to 1. */
  readonly share: number;
}

export interface KindProfile {
  readonly name: string;
  readonly bytesPerSecond: Rate;
  /** Of all bytes of snapshots, 0 to 1. */
  readonly share: number;
  readonly entitiesPerSnapshot: number;
  /** Of them, those whose row changed. */
  readonly movedPerSnapshot: number;
  /** Of a snapshot: all bytes of the kind over its entities, and over those that moved. */
  readonly bytesPerEntity: number;
  readonly bytesPerMoved: number;
  readonly entersPerSecond: number;
  readonly leavesPerSecond: number;
  /** The most expensive first. */
  readonly fields: readonly FieldProfile[];
}

/** Who spent the bytes: what `--json` prints under "profile". Rates are those of one client. */
export interface ProfileSummary {
  readonly bytesPerSecond: Rate;
  /** In a fixed order, those that had bytes: together they are all. */
  readonly uses: readonly UseProfile[];
  /** The most expensive first. */
  readonly messages: readonly MessageProfile[];
  readonly snapshots: {
    readonly perSecond: number;
    readonly bytesPerSnapshot: number;
    /** What belongs to no kind: opcodes, flags, ticks, checksums, and what fills up the last byte. */
    readonly header: { readonly bytesPerSecond: Rate; readonly share: number };
    readonly kinds: readonly KindProfile[];
  };
}

/** One summary of what several clients received; those that received nothing count for nothing. */
export function summariseProfile(reports: readonly ClientProfile[]): ProfileSummary {
  const clients = reports.filter(({ seconds }) => seconds > 0);
  const seconds = sumOf(clients, (client) => client.seconds);
  const bytes = sumOf(clients, bytesOf);
  const bits = sumOf(clients, snapshotBitsOf);
  const snapshots = sumOf(clients, (client) => client.snapshots);
  const names = (clients[0]?.kinds ?? []).map(({ name }) => name);
  const headerBits = sumOf(clients, (client) => client.headerBits);
  return {
    bytesPerSecond: rateOf(clients, bytesOf),
    uses: usesOf(clients, bytes),
    messages: messagesOf(clients, bytes),
    snapshots: {
      perSecond: ratio(snapshots, seconds),
      bytesPerSnapshot: ratio(bits / 8, snapshots),
      header: { bytesPerSecond: rateOf(clients, (each) => each.headerBits / 8), share: ratio(headerBits, bits) },
      kinds: names.map((name, kind) => kindOf(name, clients, kind, { bits, snapshots, seconds })),
    },
  };
}

function usesOf(clients: readonly ClientProfile[], bytes: number): UseProfile[] {
  return BYTE_USES.flatMap((use) => {
    const own = ({ byUse }: ClientProfile): number => byUse[use];
    const sum = sumOf(clients, own);
    return sum === 0 ? [] : [{ use, bytesPerSecond: rateOf(clients, own), share: ratio(sum, bytes) }];
  });
}

function messagesOf(clients: readonly ClientProfile[], bytes: number): MessageProfile[] {
  const all = clients.flatMap(({ messages }) => messages);
  const names = new Map(all.map(({ name, lane }) => [name, lane]));
  const profiles = [...names].map(([name, lane]): MessageProfile => {
    const own = (client: ClientProfile): number =>
      sumOf(client.messages, (message) => (message.name === name ? message.bytes : 0));
    return { name, lane, bytesPerSecond: rateOf(clients, own), share: ratio(sumOf(clients, own), bytes) };
  });
  return profiles.sort((a, b) => b.share - a.share);
}

interface Totals {
  readonly bits: number;
  readonly snapshots: number;
  readonly seconds: number;
}

function kindOf(name: string, clients: readonly ClientProfile[], kind: number, totals: Totals): KindProfile {
  const all = mergeKinds(
    name,
    clients.map(({ kinds }) => kinds[kind]!),
  );
  const bits = kindBitsOf(all);
  return {
    name,
    bytesPerSecond: rateOf(clients, ({ kinds }) => kindBitsOf(kinds[kind]!) / 8),
    share: ratio(bits, totals.bits),
    entitiesPerSnapshot: ratio(all.entities, totals.snapshots),
    movedPerSnapshot: ratio(all.moved, totals.snapshots),
    bytesPerEntity: ratio(bits / 8, all.entities),
    bytesPerMoved: ratio(bits / 8, all.moved),
    entersPerSecond: ratio(all.enters, totals.seconds),
    leavesPerSecond: ratio(all.leaves, totals.seconds),
    fields: [...all.bits]
      .sort(([, a], [, b]) => b - a)
      .map(([label, own]) => ({
        label,
        bytesPerSecond: rateOf(clients, ({ kinds }) => (kinds[kind]!.bits.get(label) ?? 0) / 8),
        share: ratio(own, bits),
      })),
  };
}

function bytesOf({ bytes }: ClientProfile): number {
  return bytes;
}

function snapshotBitsOf({ headerBits, kinds }: ClientProfile): number {
  return headerBits + sumOf(kinds, kindBitsOf);
}

function kindBitsOf({ bits }: KindCounts): number {
  return sumOf(bits.values(), (each) => each);
}

function rateOf(clients: readonly ClientProfile[], valueOf: (client: ClientProfile) => number): Rate {
  const rates = clients.map((client) => valueOf(client) / client.seconds);
  return {
    mean: ratio(
      sumOf(rates, (rate) => rate),
      rates.length,
    ),
    max: rounded(Math.max(0, ...rates)),
  };
}

/** 0 for a share of nothing. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : rounded(part / whole);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
