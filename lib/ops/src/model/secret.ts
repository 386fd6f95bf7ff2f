import { SecretNotFoundError } from '../errors/hook-tool-error.js';
import type { HookToolSession } from '../hook-tools/hook-tool-session.js';
import {
  changeSecretAccess,
  readSecret,
  readSecretInfo,
  removeSecret,
  type SecretDetails,
  type SecretInfo,
  type SecretReference,
  writeSecretContent,
  writeSecretDetails,
} from '../hook-tools/secret-tools.js';

type Content = Readonly<Record<string, string>>;

/** What a grant is about: a relation, as {@link Model.relations} gives it. */
export interface GrantedRelation {
  readonly id: number;
}

/**
 * A secret: one by its identifier, e.g. the value of an option of type `secret`, or one that the charm owns or knows by a label.
 *
 * @example
 * ```ts
 * const { 'private-key': key } = await this.model.secret(id).content({ refresh: true });
 *
 * const own = await this.app.addSecret({ password }, { label: 'admin', rotate: 'monthly' });
 * await own.grant(relation);
 * ```
 */
export class Secret {
  readonly #tools: HookToolSession;
  readonly #reference: SecretReference;
  #id: string | undefined;
  #content: Promise<Content> | undefined;
  #isLatest = false;

  /** Built by {@link Model.secret}, {@link Model.secretByLabel}, {@link Application.addSecret} and {@link Unit.addSecret}. */
  constructor(tools: HookToolSession, reference: SecretReference, content?: Content) {
    this.#tools = tools;
    this.#reference = 'id' in reference ? { id: withScheme(reference.id) } : reference;
    this.#id = 'id' in this.#reference ? this.#reference.id : undefined;
    if (content !== undefined) this.#keep(content);
  }

  /** `secret:<id>`. Asks Juju, which tells only the owner, when the secret is known by its label alone. */
  async id(): Promise<string> {
    this.#id ??= (await readSecretInfo(this.#tools, this.#reference)).id;
    return this.#id;
  }

  /**
   * The content: of the revision that this unit tracks, or with `refresh` of the latest, which is tracked from then on.
   * A tracked revision outlives the pod, so a reconciler refreshes. Asked for once in a dispatch.
   * Throws {@link SecretNotFoundError}, or {@link SecretAccessError} when the secret has not been granted.
   */
  content(options: { readonly refresh?: boolean } = {}): Promise<Content> {
    const refresh = options.refresh ?? false;
    if (this.#content === undefined || (refresh && !this.#isLatest)) {
      this.#isLatest = refresh;
      this.#content = readSecret(this.#tools, this.#reference, refresh).then((content) =>
        Object.freeze({ ...content }),
      );
    }
    return this.#content;
  }

  /**
   * Makes a new revision; the same content again makes none. {@link Secret.content} gives the new content at once, Juju's other
   * readers get it when the hook has succeeded. Only the owner may; for an application's secret that is the leader.
   */
  async setContent(content: Content): Promise<void> {
    await writeSecretContent(this.#tools, await this.id(), content);
    this.#keep(content);
  }

  /** Changes label, description, rotation or expiry; what is not named stays. Only the owner may. */
  async setDetails(details: SecretDetails): Promise<void> {
    await writeSecretDetails(this.#tools, await this.id(), details);
  }

  /** What Juju tells the owner; throws {@link SecretNotFoundError} for anybody else. */
  async info(): Promise<SecretInfo> {
    const info = await readSecretInfo(this.#tools, this.#reference);
    this.#id = info.id;
    return info;
  }

  /** Lets the other side of a relation read the secret, or only one of its units. Only the owner may. */
  async grant(relation: GrantedRelation, unit?: { readonly name: string }): Promise<void> {
    await changeSecretAccess(this.#tools, 'secret-grant', await this.id(), relation.id, unit?.name);
  }

  /** Takes a grant back. */
  async revoke(relation: GrantedRelation, unit?: { readonly name: string }): Promise<void> {
    await changeSecretAccess(this.#tools, 'secret-revoke', await this.id(), relation.id, unit?.name);
  }

  /** Removes one revision: the answer to `secret-remove` and `secret-expired`, which come again and again without it. */
  async removeRevision(revision: number): Promise<void> {
    await removeSecret(this.#tools, await this.id(), revision);
  }

  /** Removes the secret with all its revisions. Only the owner may. */
  async remove(): Promise<void> {
    await removeSecret(this.#tools, await this.id());
  }

  #keep(content: Content): void {
    this.#content = Promise.resolve(Object.freeze({ ...content }));
    this.#isLatest = true;
  }
}

/** A secret with its content read, or undefined where Juju knows none of this name. */
export const findSecret = async (tools: HookToolSession, label: string): Promise<Secret | undefined> => {
  const secret = new Secret(tools, { label });
  try {
    await secret.content({ refresh: true });
    return secret;
  } catch (error) {
    if (error instanceof SecretNotFoundError) return undefined;
    throw error;
  }
};

const withScheme = (id: string): string => (id.startsWith('secret:') ? id : `secret:${id}`);
