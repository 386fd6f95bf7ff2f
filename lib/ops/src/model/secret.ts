import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import { readSecret } from '../hook-tools/secret-tools.js';

/**
 * A secret by its identifier, e.g. the value of an option of type `secret`.
 *
 * @example
 * ```ts
 * const { 'private-key': key } = await this.model.secret(id).content({ refresh: true });
 * ```
 */
export class Secret {
  /** `secret:<id>`. */
  readonly id: string;
  readonly #tools: HookToolSession;
  #content: Promise<Readonly<Record<string, string>>> | undefined;
  #isLatest = false;

  /** Built by {@link Model.secret}. */
  constructor(tools: HookToolSession, id: string) {
    this.#tools = tools;
    this.id = id.startsWith('secret:') ? id : `secret:${id}`;
  }

  /**
   * The content: of the revision that this unit tracks, or with `refresh` of the latest, which is tracked from then on.
   * A tracked revision outlives the pod, so a reconciler refreshes. Asked for once in a dispatch.
   * Throws {@link SecretNotFoundError}, or {@link SecretAccessError} when the secret has not been granted.
   */
  content(options: { readonly refresh?: boolean } = {}): Promise<Readonly<Record<string, string>>> {
    const refresh = options.refresh ?? false;
    if (this.#content === undefined || (refresh && !this.#isLatest)) {
      this.#isLatest = refresh;
      this.#content = readSecret(this.#tools, this.id, refresh).then((content) => Object.freeze({ ...content }));
    }
    return this.#content;
  }
}
