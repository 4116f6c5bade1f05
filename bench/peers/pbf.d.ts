import type { PbfReader, PbfWriter } from "pbf";
import type * as values from "../workload.ts";

/** What pbf's compiler printed, as far as the bench calls it. */
export function writeSomeStruct(value: values.SomeStruct, writer: PbfWriter): void;
export function readSomeStruct(reader: PbfReader): values.SomeStruct;
export function writeInput(value: values.Input, writer: PbfWriter): void;
export function readInput(reader: PbfReader): values.Input;
export function writeWorld(value: values.World, writer: PbfWriter): void;
export function readWorld(reader: PbfReader): values.World;
export function writeChat(value: values.Chat, writer: PbfWriter): void;
export function readChat(reader: PbfReader): values.Chat;
