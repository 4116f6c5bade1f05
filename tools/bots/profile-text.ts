import type { FieldProfile, KindProfile, ProfileSummary, Rate } from "./profile-summary.ts";

/** The profile for a person: tables, the most expensive first. */
export function profileText({ bytesPerSecond, uses, messages, snapshots }: ProfileSummary): string {
  const { header, kinds, perSecond, bytesPerSnapshot } = snapshots;
  if (uses.length === 0) return "no bytes were received";
  return [
    `bytes/s of a client: ${amount(bytesPerSecond.mean)} on average, ${amount(bytesPerSecond.max)} at most`,
    "",
    ...table(
      ["bytes", "", "share", "B/s", "most B/s"],
      uses.map(({ use, share, bytesPerSecond: rate }) => [use, "", percent(share), ...rates(rate)]),
    ),
    "",
    ...table(
      ["message", "lane", "share", "B/s", "most B/s"],
      messages.map((each) => [each.name, each.lane, percent(each.share), ...rates(each.bytesPerSecond)]),
    ),
    "",
    `snapshots: ${amount(perSecond)} a second, of ${amount(bytesPerSnapshot)} B`,
    "",
    ...table(
      ["kind", "", "share", "B/s", "most B/s", "in view", "moved", "B/entity", "B/moved", "enters/s", "leaves/s"],
      [
        ...kinds.map(kindRow),
        ["header", "", percent(header.share), ...rates(header.bytesPerSecond), "", "", "", "", "", ""],
      ],
    ),
    "",
    ...table(
      ["field", "of", "share", "B/s", "most B/s"],
      kinds.flatMap(({ name, fields }) => fields.map((field) => fieldRow(name, field))),
    ),
  ].join("\n");
}

function kindRow(kind: KindProfile): string[] {
  return [
    kind.name,
    "",
    percent(kind.share),
    ...rates(kind.bytesPerSecond),
    amount(kind.entitiesPerSnapshot),
    amount(kind.movedPerSnapshot),
    kind.bytesPerEntity.toFixed(2),
    kind.bytesPerMoved.toFixed(2),
    amount(kind.entersPerSecond),
    amount(kind.leavesPerSecond),
  ];
}

function fieldRow(kind: string, { label, share, bytesPerSecond }: FieldProfile): string[] {
  return [label, kind, percent(share), ...rates(bytesPerSecond)];
}

function rates({ mean, max }: Rate): [mean: string, max: string] {
  return [amount(mean), amount(max)];
}

function amount(value: number): string {
  return value.toFixed(1);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Rows under a head: the first two columns begin alike, the others end alike. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
      .trimEnd(),
  );
}
