import type { EntityLayout } from "../layout.ts";
import { rowInts } from "../snapshot/row.ts";
import type { Problems } from "./problems.ts";

/**
 * The most integers of an entity's row: all that a reader takes of one entity before it asks whether it has run over
 * the end, row, state and owner fields, has to fit into the 8,000 bytes that it may look ahead.
 */
const ROW_INTS_MAX = 512;
/** Which of them changed is said in one number. */
const OWNER_INTS_MAX = 24;

/** Reports an entity with more than snapshots can say of one. */
export function checkEntityLimits(entity: EntityLayout, problems: Problems): void {
  const ints = rowInts(entity);
  if (ints.length > ROW_INTS_MAX) {
    const message = `${entity.name} has ${ints.length} numbers, and an entity ends at ${ROW_INTS_MAX}`;
    problems.report(entity.span, message, "split the entity, or send some in a message; fields of 64 bits count twice");
  }
  const owned = ints.filter(({ field }) => field.isOwnerOnly);
  if (owned.length <= OWNER_INTS_MAX) return;
  const { span, name } = owned[OWNER_INTS_MAX]!.field;
  const message = `${name} is one too many: at most ${OWNER_INTS_MAX} fields of ${entity.name} can be its owner's alone`;
  problems.report(span, message, "remove owner, or send some to the owner in a message; fields of 64 bits count twice");
}
