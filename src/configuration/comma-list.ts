/**
 * The items of a comma separated option, trimmed, each once, without empty ones. Gluetun splits lists at the comma and does not
 * trim, so `USA, Canada` would look for " canada".
 */
export const commaList = (text: string): string[] =>
  [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '');
