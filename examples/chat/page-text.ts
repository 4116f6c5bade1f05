/** What fits into so many bytes of UTF-8, whole characters: an encoder refuses more than its schema allows. */
export function cut(text: string, bytesMax: number): string {
  const encoder = new TextEncoder();
  let fitting = "";
  for (const character of text) {
    if (encoder.encode(fitting + character).length > bytesMax) break;
    fitting += character;
  }
  return fitting;
}

export function sizeText(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
