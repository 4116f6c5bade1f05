import type { InspectedKind, InspectedSnapshot } from "./inspect-snapshot.ts";
import { fieldsText, plainValue } from "./inspect-values.ts";

type Message = Readonly<Record<string, unknown>>;

/** A snapshot on one line, `message` being what carried it; `isFull`: with a line for each entity in view. */
export function snapshotText(snapshot: InspectedSnapshot, message: Message, isFull: boolean): string {
  const { tick, bodyBytes, kinds } = snapshot;
  const head = `tick=${tick} inputSlack=${String(message.inputSlack)}`;
  const flags = flagsOf(snapshot).map((flag) => ` ${flag}`);
  const lines = [`${head}${flags.join("")} body=${bodyBytes} B${kinds.map((kind) => ` · ${kindText(kind)}`).join("")}`];
  for (const { entity, records } of isFull ? kinds : []) {
    for (const { slot, generation, fields } of records) {
      lines.push(`               ${entity} ${slot}.${generation} ${fieldsText(fields, true)}`);
    }
  }
  return lines.join("\n");
}

/** The same as JSON has it. */
export function snapshotJson(snapshot: InspectedSnapshot, message: Message, isFull: boolean): Message {
  const { kinds, ...rest } = snapshot;
  const entities = kinds.map(({ records, ...counts }) =>
    isFull ? { ...counts, records: plainValue("", records) } : counts,
  );
  return { inputSlack: message.inputSlack, ...rest, entities };
}

function flagsOf({ isReset, isPartial, isInSync }: InspectedSnapshot): string[] {
  const check = isInSync === undefined ? [] : [isInSync ? "check" : "CHECK FAILED: the view differs from the server's"];
  return [...(isReset ? ["reset"] : []), ...(isPartial ? ["partial"] : []), ...check];
}

function kindText({ entity, entered, left, wentOn }: InspectedKind): string {
  return `${entity}: ${entered} entered, ${left} left, ${wentOn} went on`;
}
