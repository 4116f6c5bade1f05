/** How many symbols residuals of `width` bits have: those of the runtime's `residual.ts`. */
export function residualSymbols(width: number): number {
  return width <= 6 ? 2 ** width : 64 + width - 6;
}
