import { readFileSync } from "node:fs";
import type { RecordLayout, SchemaLayout } from "./layout.ts";
import { load } from "./load.ts";
import { decodeIntoOf, decodeOf, encodeIntoOf, encodeOf } from "./naming.ts";

export type PrintedModule = Readonly<Record<string, unknown>>;

/** What a module prints for one struct, union or message. */
export interface Codec {
  readonly encode: (value: unknown) => Uint8Array;
  readonly encodeInto: (value: unknown, bytes: Uint8Array, offset: number) => number;
  readonly decode: (bytes: Uint8Array, offset?: number, peerVersion?: number) => unknown;
  readonly decodeInto: (bytes: Uint8Array, offset: number, target: unknown, peerVersion?: number) => number;
}

export interface RecordCodec extends Codec {
  readonly name: string;
  readonly record: RecordLayout;
}

/** A schema, and the module that was printed for it. */
export interface PrintedSchema {
  readonly layout: SchemaLayout;
  readonly module: PrintedModule;
}

export function codecOf(module: PrintedModule, name: string): Codec {
  return {
    encode: module[encodeOf(name)] as Codec["encode"],
    encodeInto: module[encodeIntoOf(name)] as Codec["encodeInto"],
    decode: module[decodeOf(name)] as Codec["decode"],
    decodeInto: module[decodeIntoOf(name)] as Codec["decodeInto"],
  };
}

/** The codecs of a schema's structs or messages. */
export function codecsOf({ layout, module }: PrintedSchema, kind: "structs" | "messages"): RecordCodec[] {
  return layout[kind].map((record) => ({
    name: `${layout.name}.${record.name}`,
    record,
    ...codecOf(module, record.name),
  }));
}

/** The layout of a schema, named as this file sees it. */
export function layoutOf(path: string): SchemaLayout {
  const { layout } = load(path, (file) => readFileSync(new URL(file, import.meta.url), "utf8"));
  return layout!;
}
