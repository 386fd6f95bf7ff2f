/** Several names of one place; an operator may know another one than the provider. */
const synonyms: readonly (readonly string[])[] = [
  ['uk', 'united kingdom', 'great britain', 'england'],
  ['usa', 'us', 'united states', 'america'],
  ['czech republic', 'czechia'],
  ['netherlands', 'holland'],
  ['turkey', 'türkiye'],
  ['south korea', 'korea'],
  ['macao', 'macau'],
  ['macedonia', 'north macedonia'],
  ['russia', 'russian federation'],
  ['laos', "lao people's democratic republic"],
  ['brunei', 'brunei darussalam'],
];

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The English name behind `CH`, as far as the runtime knows it. */
const nameOfCode = (text: string): string | undefined =>
  /^[A-Za-z]{2}$/.test(text) ? regionNames.of(text.toUpperCase()) : undefined;

/** Number of letters to insert, delete, change or swap with their neighbour to make one word of the other. */
export const editDistance = (one: string, other: string): number => {
  const columns = other.length + 1;
  const distances = new Uint16Array((one.length + 1) * columns);
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 ? Infinity : (distances[row * columns + column] ?? Infinity);
  for (let row = 0; row <= one.length; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      const isSwapped = changed > 0 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      distances[row * columns + column] = Math.min(
        row === 0 ? column : Infinity,
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + changed,
        isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return at(one.length, other.length);
};

/** Longer than anything that there is to choose. */
const longestName = 60;

/** A third of the letters may be wrong, three at most. */
const tolerance = (text: string): number => Math.min(3, Math.max(1, Math.floor(text.length / 3)));

/**
 * The choice that was probably meant, or `undefined` when none is near.
 *
 * @example suggestion('Swizerland', ['Sweden', 'Switzerland']) // 'Switzerland'
 */
export const suggestion = (text: string, choices: readonly string[]): string | undefined => {
  if (text.length > longestName) return undefined;
  const given = text.toLowerCase();
  const others = [nameOfCode(text)?.toLowerCase() ?? given, given];
  const known = synonyms.filter((names) => others.some((name) => names.includes(name))).flat();
  const synonym = choices.find((choice) => [...others, ...known].includes(choice.toLowerCase()));
  if (synonym !== undefined) return synonym;
  const nearest = choices
    .filter((choice) => Math.abs(choice.length - given.length) <= tolerance(given))
    .map((choice) => ({ choice, distance: editDistance(given, choice.toLowerCase()) }))
    .sort((one, other) => one.distance - other.distance)[0];
  return nearest !== undefined && nearest.distance <= tolerance(given) ? nearest.choice : undefined;
};

/** `, did you mean X?`, or nothing where no choice is near. */
export const didYouMean = (text: string, choices: readonly string[]): string => {
  const meant = suggestion(text, choices);
  return meant === undefined ? '' : `, did you mean ${meant}?`;
};
