/** What a handler answers; the server puts it into Pebble's envelope. */
export type Reply =
  | { readonly kind: 'sync'; readonly result: unknown; readonly status?: number }
  | { readonly kind: 'async'; readonly change: string; readonly result?: unknown }
  | { readonly kind: 'raw'; readonly contentType: string; readonly body: Buffer };

/** A request, read completely. */
export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** Aborts when the connection or the daemon ends. */
  readonly signal: AbortSignal;
}

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  504: 'Gateway Timeout',
};

/** The envelope around every JSON answer. */
export function envelope(type: string, status: number, content: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, 'status-code': status, status: statusTexts[status] ?? '', ...content });
}
