/** Longer names are compared with no others: that takes their length squared, for each. */
const COMPARED_LENGTH_MAX = 40;

/** The known name that a person who typed `name` may have meant, or undefined when none is near. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const editsMax = Math.max(1, Math.floor(name.length / 3));
  let nearest: string | undefined;
  let nearestEdits = editsMax + 1;
  if (name.length > COMPARED_LENGTH_MAX) return undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= nearestEdits) continue;
    const edits = name.toLowerCase() === candidate.toLowerCase() ? 0 : editsBetween(name, candidate, nearestEdits);
    if (edits < nearestEdits) [nearest, nearestEdits] = [candidate, edits];
  }
  return nearest;
}

/** How often a character must be added, removed, replaced, or swapped with its neighbour; `enough`: or more than that. */
function editsBetween(a: string, b: string, enough: number): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = previous[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = row > 1 && column > 1 && isSwapped ? older[column - 2]! + 1 : Infinity;
      current.push(Math.min(replaced, swapped, previous[column]! + 1, current[column - 1]! + 1));
    }
    if (Math.min(...current) >= enough && Math.min(...previous) >= enough) return enough;
    [older, previous] = [previous, current];
  }
  return previous[b.length]!;
}
