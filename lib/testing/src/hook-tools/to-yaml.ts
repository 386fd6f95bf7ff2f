/** Words that YAML 1.1 readers (Go's yaml.v2, PyYAML) take for something else than text. */
const special = /^(y|n|yes|no|on|off|true|false|null|~|\.nan|[+-]?\.inf|<<|=)$/i;
const number = /^[+-]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+|[0-9][0-9_]*(\.[0-9_]*)?(e[+-]?\d+)?|\.[0-9_]+(e[+-]?\d+)?)$/i;
const timeLike = /^\d{4}-\d\d?-\d\d?|^\d+(:[0-5]?\d)+(\.\d*)?$/;
const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\n]*$|^[-?:][^\s][^\n]*$/;

/** YAML as Juju's tools print it: sorted keys, lists not indented, text quoted where a reader could take it for another type. */
export function toYaml(value: unknown): string {
  const [head = '', ...tail] = lines(value);
  return [head, ...(typeof value === 'string' ? tail.map((line) => `  ${line}`) : tail)].join('\n');
}

function lines(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item) => {
      const [head = '', ...tail] = lines(item);
      return [`- ${head}`, ...tail.map((line) => `  ${line}`)];
    });
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.length === 0 ? ['{}'] : entries.flatMap(([key, item]) => field(key, item));
  }
  return scalar(value);
}

function field(key: string, item: unknown): readonly string[] {
  const name = scalar(key).join(' ');
  const [head = '', ...tail] = lines(item);
  if (typeof item !== 'object' || item === null) return [`${name}: ${head}`, ...tail.map((line) => `  ${line}`)];
  if (Object.keys(item).length === 0) return [`${name}: ${head}`];
  return Array.isArray(item)
    ? [`${name}:`, head, ...tail]
    : [`${name}:`, ...[head, ...tail].map((line) => `  ${line}`)];
}

function scalar(value: unknown): readonly string[] {
  if (typeof value !== 'string') return [value === null || value === undefined ? 'null' : JSON.stringify(value)];
  if (/^\S[^]*\n/.test(value) && !/[^\n\t\x20-\x7e\u00a0-\uffff]/.test(value)) return block(value);
  if (looksTyped(value)) return [JSON.stringify(value)];
  if (isPlain(value)) return [value];
  return [/["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : JSON.stringify(value)];
}

const looksTyped = (value: string): boolean =>
  value === '' || special.test(value) || number.test(value) || timeLike.test(value);

const isPlain = (value: string): boolean =>
  plain.test(value) && !/: |:$| #|\s$/.test(value) && !/[^\x20-\x7e\u00a0-\uffff]/.test(value);

function block(value: string): readonly string[] {
  const chomp = value.endsWith('\n') ? (value.endsWith('\n\n') ? '+' : '') : '-';
  const body = value.endsWith('\n') ? value.slice(0, -1) : value;
  return [`|${chomp}`, ...body.split('\n')];
}
