const STARS = [
  "Vega",
  "Rigel",
  "Mira",
  "Altair",
  "Deneb",
  "Sirius",
  "Antares",
  "Polaris",
  "Spica",
  "Capella",
  "Castor",
  "Atria",
];

/** A name for each bot: the stars', then "Vega 2" and on. `index` is 0 and up. */
export function botName(index: number): string {
  const round = Math.floor(index / STARS.length) + 1;
  const star = STARS[index % STARS.length]!;
  return round === 1 ? star : `${star} ${round}`;
}
