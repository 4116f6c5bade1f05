/** A rectangle to be placed on the sheet, in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Where each rectangle stands, in the order they were given. */
export interface Packing {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  readonly height: number;
}

/** Pixels kept free around each rectangle, so that a neighbour never bleeds in. */
export const GAP = 2;

/** Places rectangles on shelves, highest first. None may be wider than the sheet less two gaps. */
export function packShelves(sizes: readonly PixelSize[], sheetWidth: number): Packing {
  const byHeight = sizes.map((_, index) => index).sort((a, b) => sizes[b]!.height - sizes[a]!.height || a - b);
  const places = sizes.map(() => ({ x: 0, y: 0 }));
  let x = GAP;
  let y = GAP;
  let shelfHeight = 0;
  for (const index of byHeight) {
    const { width, height } = sizes[index]!;
    if (width + 2 * GAP > sheetWidth) throw new RangeError(`a shape of ${width} px on a sheet of ${sheetWidth} px`);
    if (x + width + GAP > sheetWidth) {
      x = GAP;
      y += shelfHeight + GAP;
      shelfHeight = 0;
    }
    places[index] = { x, y };
    x += width + GAP;
    shelfHeight = Math.max(shelfHeight, height);
  }
  return { places, height: y + shelfHeight + GAP };
}
