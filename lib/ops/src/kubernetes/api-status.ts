/** A reason for a failure, as the API server lists them. */
export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** The `Status` object of a failed request, as far as it is used. */
export interface ApiStatus {
  readonly message: string;
  readonly reason: string | undefined;
  readonly causes: readonly StatusCause[];
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const toCause = (value: unknown): readonly StatusCause[] =>
  isRecord(value) ? [{ reason: text(value.reason), message: text(value.message), field: text(value.field) }] : [];

/** Reads the body of a failed request. Proxies and unknown paths answer with plain text, of which the first line is kept. */
export const parseStatus = (body: string): ApiStatus => {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { message: (body.split('\n')[0] ?? '').slice(0, 200).trim(), reason: undefined, causes: [] };
  }
  if (!isRecord(value)) return { message: '', reason: undefined, causes: [] };
  const causes = isRecord(value.details) && Array.isArray(value.details.causes) ? value.details.causes : [];
  return {
    message: text(value.message),
    reason: typeof value.reason === 'string' ? value.reason : undefined,
    causes: causes.flatMap(toCause),
  };
};
