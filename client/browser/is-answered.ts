/** Whether a server answers at `url` with a success. Never rejects. */
export async function isAnswered(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}
