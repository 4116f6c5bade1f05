import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { Rng } from "../../../shared/engine/time/rng.ts";
import type { BitsType, ElementType, FieldType, RecordLayout, SchemaLayout } from "../layout.ts";
import { isFixed } from "../layout.ts";
import { encodeOf, upperSnake } from "../naming.ts";
import { cName, memberNames } from "../outputs/c-names.ts";
import { freshCodecs } from "../outputs/fresh-codecs.ts";
import { randomRecord, type RecordValue } from "../outputs/random-value.ts";
import { emitCHeader } from "./c-header.ts";

// gcc, and 10,000 values a record, on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const loadModule = (url: string): Promise<unknown> => import(/* @vite-ignore */ url);

const VALUES = 10_000;
const GCC_FLAGS = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];
const hasGcc = spawnSync("gcc", ["--version"]).status === 0;

const SCHEMAS = [
  "shared/schema/arena.wire",
  "shared/schema/engine.wire",
  "tools/codegen/golden/kitchen.wire",
  "tools/codegen/golden/outputs.wire",
];

type Encode = (value: RecordValue) => Uint8Array;

test.for(SCHEMAS)(
  "%s: the bytes of 10,000 random values of every fixed record are those of gcc's packed structs",
  async (schema, { skip }) => {
    skip(!hasGcc, "gcc is not installed: its structs were not compared with our bytes");
    const { layout, module } = await freshCodecs(schema, loadModule);
    const records = [...layout.structs, ...layout.messages].filter(isFixed);
    const folder = mkdtempSync(join(tmpdir(), "tickwire-c-"));
    const program = compiledProgram(folder, layout, records);
    const random = new Rng(1);
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) {
      const values = Array.from({ length: VALUES }, () => randomRecord(record, () => random.next()));
      const leaves = new Leaves();
      for (const value of values) leaves.addRecord(record, value);
      const maxBuffer = VALUES * record.bytesMax + 1;
      const theirs = execFileSync(program, [record.name], { input: leaves.bytes(), maxBuffer });
      const differing = values.map(module[encodeOf(record.name)] as Encode).findIndex((ours, index) => {
        const start = index * record.bytesMax;
        return !theirs.subarray(start, start + record.bytesMax).equals(ours);
      });

      expect([record.name, theirs.length, differing]).toEqual([record.name, VALUES * record.bytesMax, -1]);
    }
    rmSync(folder, { recursive: true });
  },
);

/** Values as the C program reads them: 8 bytes for a number, text in as many bytes as its array has. */
class Leaves {
  private buffer = Buffer.alloc(1 << 20);
  private end = 0;

  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  addRecord(record: RecordLayout, value: RecordValue): void {
    for (const { name, type } of record.fields) this.add(type, value[name]);
  }

  private add(type: FieldType, value: unknown): void {
    switch (type.kind) {
      case "float":
        this.addDouble(value as number);
        break;
      case "bits":
        if (type.meaning.kind === "quantized") this.addDouble(value as number);
        else this.addWhole(value as number);
        break;
      case "chars":
        this.addText(value as string, type.count);
        break;
      case "array":
        for (const element of value as unknown[]) this.add(type.element, element);
        break;
      case "struct":
        this.addRecord(type.of, value as RecordValue);
        break;
      case "union": {
        const { type: name, value: inner } = value as { type: string; value: unknown };
        const variant = type.of.variants.find((one) => one.name === name)!;
        this.addWhole(variant.tag);
        this.add(variant.type, inner);
        break;
      }
      case "bool":
      case "int":
      case "enum":
        this.addWhole(value as number);
        break;
      case "string":
      case "bytes":
      case "list":
      case "optional":
        throw new Error(`a ${type.kind} has no fixed size`);
    }
  }

  private addWhole(value: number | bigint | boolean): void {
    const start = this.take(8);
    this.buffer.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)), start);
  }

  private addDouble(value: number): void {
    const start = this.take(8);
    this.buffer.writeDoubleLE(value, start);
  }

  private addText(text: string, bytes: number): void {
    const start = this.take(bytes);
    this.buffer.write(text, start);
  }

  /** Makes room for so many bytes; they are 0. It may replace the buffer. */
  private take(bytes: number): number {
    const start = this.end;
    this.end += bytes;
    if (this.end > this.buffer.length) this.buffer = Buffer.concat([this.buffer], 2 * this.buffer.length);
    return start;
  }
}

/** A program that reads values from its input and writes the structs to its output, one behind the other. */
function compiledProgram(folder: string, layout: SchemaLayout, records: readonly RecordLayout[]): string {
  const program = join(folder, "structs");
  writeFileSync(join(folder, "schema.h"), emitCHeader(layout));
  writeFileSync(`${program}.c`, programText(layout, records));
  execFileSync("gcc", [...GCC_FLAGS, "-o", program, `${program}.c`], { stdio: "pipe" });
  return program;
}

function programText(layout: SchemaLayout, records: readonly RecordLayout[]): string {
  const writers = records.map((record) => {
    const opcode = record.kind === "message" ? [`v.opcode = ${macro(layout, record.name, "OPCODE")};`] : [];
    const lines = [...opcode, ...assignments(layout, record, "v", 0)];
    return `static void write_${record.name}(void) {
  struct ${cName(record.name)} v;
  memset(&v, 0, sizeof v);
  ${lines.join("\n  ")}
  fwrite(&v, sizeof v, 1, stdout);
}`;
  });
  const calls = records.map(({ name }) => `if (strcmp(argv[1], "${name}") == 0) write_${name}();`);
  return `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "schema.h"
static void take(void *target, size_t bytes) { if (fread(target, 1, bytes, stdin) != bytes) exit(1); }
static inline int64_t whole(void) { int64_t value; take(&value, sizeof value); return value; }
static inline double real(void) { double value; take(&value, sizeof value); return value; }
${writers.join("\n")}
int main(int argc, char **argv) {
  if (argc != 2) return 2;
  for (int i = 0; i < ${VALUES}; i++) {
    ${calls.join("\n    ")}
  }
  return 0;
}
`;
}

/** C statements that fill the struct `target` with values as they are read. */
function assignments(layout: SchemaLayout, record: RecordLayout, target: string, depth: number): string[] {
  const first = record.kind === "message" ? ["opcode"] : [];
  const names = memberNames(
    record.fields.map(({ name }) => name),
    ...first,
  );
  return record.fields.flatMap(({ name, type }, index) => {
    const member = `${target}.${names[index]!}`;
    if (type.kind === "bits") return [bitsAssignment(type, member, macro(layout, record.name, name))];
    if (type.kind === "chars") return [`take(${member}, ${type.count});`];
    if (type.kind === "array") {
      const i = `i${depth}`;
      const inner = elementAssignments(layout, type.element, `${member}[${i}]`, depth + 1);
      return [`for (int ${i} = 0; ${i} < ${type.count}; ${i}++) {`, ...inner, "}"];
    }
    return elementAssignments(layout, type as ElementType, member, depth);
  });
}

function elementAssignments(layout: SchemaLayout, type: ElementType, target: string, depth: number): string[] {
  if (type.kind === "float") return [`${target} = (${type.bits === 32 ? "float" : "double"})real();`];
  if (type.kind === "struct") return assignments(layout, type.of, target, depth);
  if (type.kind === "union") {
    const names = memberNames(type.of.variants.map(({ name }) => name));
    const cases = type.of.variants.map((variant, index) => {
      const inner = elementAssignments(layout, variant.type, `${target}.value.${names[index]!}`, depth);
      return `case ${macro(layout, type.of.name, variant.name, "TAG")}: ${inner.join(" ")} break;`;
    });
    return [`${target}.tag = whole();`, `switch (${target}.tag) { ${cases.join(" ")} }`];
  }
  return [`${target} = ${type.kind === "bool" ? "whole() != 0" : "whole()"};`];
}

function bitsAssignment({ meaning }: BitsType, target: string, name: string): string {
  return `${target} = ${meaning.kind === "quantized" ? `${name}_RAW(real())` : "whole()"};`;
}

function macro(layout: SchemaLayout, ...words: readonly string[]): string {
  return [layout.name, ...words].map(upperSnake).join("_");
}
