import type { FieldLayout, MessageLayout, RecordLayout, SchemaLayout, Side, UnionLayout } from "../layout.ts";
import { plainLine } from "../outputs/comment.ts";
import { placesOf, placeText } from "../outputs/places.ts";
import { usesOf } from "../outputs/uses.ts";
import { fieldSizeText, marksOf, rangeText, sizeText, typeWords } from "../outputs/words.ts";
import { protocolHash } from "../protocol-hash.ts";
import { toText } from "../rational.ts";
import { entitySection } from "./reference-entities.ts";
import { code, type Inline, type Line, link, paragraphsOf, typeLine } from "./reference-lines.ts";

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Line[])[];
}

/** One thing of the schema. Its name is its anchor. */
export interface Section {
  readonly name: string;
  /** Small facts behind the name. */
  readonly tags: readonly string[];
  readonly paragraphs: readonly Line[];
  readonly table: Table | undefined;
}

export interface Chapter {
  readonly title: string;
  readonly anchor: string;
  readonly table: Table | undefined;
  readonly sections: readonly Section[];
}

/** A reference page before it is HTML or Markdown. */
export interface Page {
  readonly title: string;
  readonly paragraphs: readonly Line[];
  readonly facts: readonly (readonly [string, string])[];
  readonly chapters: readonly Chapter[];
}

/** What a reference page says of a schema, in the order in which it says it. */
export function referencePage(layout: SchemaLayout): Page {
  const page = new PageWriter(layout);
  const chapters: Chapter[] = [
    ...page.messageChapters(),
    page.rpcChapter(),
    chapter(
      "Entities",
      layout.entities.map((entity) => entitySection(entity, layout)),
    ),
    chapter(
      "Structs",
      layout.structs.map((struct) => page.record(struct, struct === layout.input ? ["input"] : [])),
    ),
    chapter(
      "Unions",
      layout.unions.map((union) => page.union(union)),
    ),
    page.enumChapter(),
    page.constantChapter(),
  ];
  return {
    title: layout.isProtocol ? `${layout.name} ${layout.version}` : layout.name,
    paragraphs: paragraphsOf(layout.doc),
    facts: factsOf(layout),
    chapters: chapters.filter(({ sections, table }) => sections.length > 0 || table !== undefined),
  };
}

function factsOf(layout: SchemaLayout): (readonly [string, string])[] {
  const hash = `0x${protocolHash(layout).toString(16).padStart(8, "0")}`;
  if (!layout.isProtocol) return [["Hash", hash]];
  const { name, version, versionMin } = layout;
  return [
    ["Subprotocol", `${name}.${version}`],
    ["Versions", versionMin === version ? String(version) : `${versionMin} to ${version}`],
    ["Hash", hash],
    ["Bytes", "little-endian, packed; an opcode in front of each message"],
    ["Offsets", "in bytes; 4.3 is bit 3 of byte 4, where an optional field says whether it is there"],
  ];
}

const DIRECTIONS: readonly { readonly from: Side | undefined; readonly title: string }[] = [
  { from: "client", title: "Messages from the client" },
  { from: "server", title: "Messages from the server" },
  { from: undefined, title: "Messages from either side" },
];

class PageWriter {
  private readonly layout: SchemaLayout;
  private readonly uses: ReadonlyMap<string, readonly string[]>;

  constructor(layout: SchemaLayout) {
    this.layout = layout;
    this.uses = usesOf(layout);
  }

  messageChapters(): Chapter[] {
    return DIRECTIONS.map(({ from, title }) => {
      const messages = this.layout.messages.filter((message) => message.from === from);
      return {
        ...chapter(
          title,
          messages.map((message) => this.record(message, messageTags(message))),
        ),
        table: overviewOf(messages),
      };
    });
  }

  rpcChapter(): Chapter {
    const sections = this.layout.rpcs.map(({ name, doc, since, requestType, replyType, request, reply }): Section => ({
      name,
      tags: since > 1 ? [`since(${since})`] : [],
      paragraphs: [
        ...paragraphsOf(doc),
        ["Asks with ", link(requestType.name), ", in the message ", link(request.name), "."],
        ["Answers with ", link(replyType.name), " or a refusal, in the message ", link(reply.name), "."],
      ],
      table: undefined,
    }));
    return chapter("Requests", sections);
  }

  record(record: RecordLayout, tags: readonly string[]): Section {
    const size = `${sizeText({ min: record.bytesMin, max: record.bytesMax })} bytes`;
    return {
      name: record.name,
      tags: [...tags, size],
      paragraphs: [...paragraphsOf(record.doc), ...this.usedBy(record.name)],
      table: fieldTable(record),
    };
  }

  union(union: UnionLayout): Section {
    const rows = union.variants.map(({ name, tag, type, doc }) => [
      [String(tag)],
      [code(name)],
      typeLine(typeWords(type)),
      [plainLine(doc)],
    ]);
    return {
      name: union.name,
      tags: [`tag u${union.base.bits}`, `${sizeText({ min: union.bytesMin, max: union.bytesMax })} bytes`],
      paragraphs: [...paragraphsOf(union.doc), ...this.usedBy(union.name)],
      table: { head: ["Tag", "Variant", "Type", "Meaning"], rows },
    };
  }

  enumChapter(): Chapter {
    const sections = this.layout.enums.map(({ name, doc, base, members }): Section => {
      const rows = members.map((member) => [[String(member.value)], [code(member.name)], [plainLine(member.doc)]]);
      return {
        name,
        tags: [`${base.isSigned ? "i" : "u"}${base.bits}`],
        paragraphs: [...paragraphsOf(doc), ...this.usedBy(name)],
        table: { head: ["Value", "Member", "Meaning"], rows },
      };
    });
    return chapter("Enums", sections);
  }

  constantChapter(): Chapter {
    const rows = this.layout.constants.map(({ name, value, doc }) => [[code(name)], [toText(value)], [plainLine(doc)]]);
    const table = rows.length === 0 ? undefined : { head: ["Constant", "Value", "Meaning"], rows };
    return { ...chapter("Constants", []), table };
  }

  private usedBy(name: string): Line[] {
    const users = this.uses.get(name) ?? [];
    if (users.length === 0) return [];
    return [["Used by ", ...users.flatMap((user, index) => (index === 0 ? [link(user)] : [", ", link(user)])), "."]];
  }
}

function chapter(title: string, sections: readonly Section[]): Chapter {
  return { title, anchor: `chapter-${title.toLowerCase().replaceAll(" ", "-")}`, table: undefined, sections };
}

function messageTags({ opcode, lane, since, rpc }: MessageLayout): string[] {
  const marks = [since > 1 ? `since(${since})` : "", rpc === undefined ? "" : `rpc ${rpc}`];
  return [`opcode ${opcode}`, `lane ${lane}`, ...marks.filter((mark) => mark !== "")];
}

function overviewOf(messages: readonly MessageLayout[]): Table | undefined {
  if (messages.length === 0) return undefined;
  const rows = messages.map(({ name, opcode, lane, bytesMin, bytesMax, doc }) => [
    [String(opcode)],
    [link(name)],
    [lane],
    [sizeText({ min: bytesMin, max: bytesMax })],
    [firstSentence(doc)],
  ]);
  return { head: ["Opcode", "Message", "Lane", "Bytes", "Meaning"], rows };
}

function fieldTable(record: RecordLayout): Table | undefined {
  const places = placesOf(record);
  const opcode = [["0"], [code("opcode")], [code("u8")], ["1 byte"], [String((record as MessageLayout).opcode)], []];
  const rows = record.fields.map((field) => fieldRow(field, placeText(places.get(field))));
  const all = record.kind === "message" ? [opcode, ...rows] : rows;
  return all.length === 0 ? undefined : { head: ["Offset", "Field", "Type", "Size", "Values", "Meaning"], rows: all };
}

function fieldRow(field: FieldLayout, place: string): Line[] {
  const marks = marksOf(field).flatMap((mark): Inline[] => [code(mark), " "]);
  return [
    [place === "" ? "varies" : place],
    [code(field.name)],
    typeLine(typeWords(field.type)),
    [fieldSizeText(field.type)],
    [rangeText(field.type)],
    [...marks, plainLine(field.doc)],
  ];
}

function firstSentence(doc: string): string {
  const line = plainLine(doc);
  return /^.*?[.!?](?= |$)/.exec(line)?.[0] ?? line;
}
