/**
 * Where `actual` differs from `expected`, as a path with both values; undefined when it has everything `expected` has.
 *
 * Arrays may be of any kind; fields that `expected` does not have are not looked at.
 */
export function differenceOf(expected: unknown, actual: unknown, path = "value"): string | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (!isObject(expected) || !isObject(actual)) return `${path} is ${textOf(actual)}, not ${textOf(expected)}`;
  if (Array.isArray(expected) && actual.length !== expected.length) {
    return `${path}.length is ${textOf(actual.length)}, not ${expected.length}`;
  }
  for (const key of Object.keys(expected)) {
    const difference = differenceOf(expected[key], actual[key], `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string {
  return isObject(value) ? "an object" : typeof value === "string" ? JSON.stringify(value) : String(value);
}
