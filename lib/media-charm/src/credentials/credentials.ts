import { type CharmBase, HookToolError, type Secret, type SecretEvent } from '@charm-ts/ops';
import type { MediaMetadata } from '../media-metadata.js';
import { announce } from './announcement.js';
import { isRotation, type Rotation } from './rotation.js';

/** The secret's content: `api-key`, or `username` and `password`. */
export type CredentialsContent = Readonly<Record<string, string>>;

/** What Juju says of the secret. */
export type CredentialsReading =
  | { readonly kind: 'ok'; readonly content: CredentialsContent }
  /** The leader has not made them yet. */
  | { readonly kind: 'absent' }
  /** Nobody can say just now: a secret backend that is away, for one. */
  | { readonly kind: 'unreadable' };

/** The owner's label of the secret. */
const label = 'credentials';
const rotationKey = 'credentials.rotation';

/** The application's credentials: a secret that the charm owns, made by the leader and read by every unit. */
export class Credentials {
  readonly #charm: CharmBase<MediaMetadata>;
  readonly #make: () => CredentialsContent;

  constructor(charm: CharmBase<MediaMetadata>, make: () => CredentialsContent) {
    this.#charm = charm;
    this.#make = make;
  }

  /** The latest credentials. The leader makes them when there are none. */
  async read(): Promise<CredentialsReading> {
    try {
      const content = await this.#present();
      return content === undefined ? { kind: 'absent' } : { kind: 'ok', content };
    } catch (error) {
      this.#tolerate(error);
      return { kind: 'unreadable' };
    }
  }

  /** Makes a new revision, of which the other units are told, and gives the identifier of the secret. Only the leader may. */
  async renew(): Promise<string> {
    const secret = (await this.#charm.model.secretByLabel(label)) ?? (await this.#add());
    await secret.setContent(this.#make());
    await announce(this.#charm, 'renewed');
    return secret.id();
  }

  /** Answers `secret-rotate`; Juju asks again until there is a new revision. */
  async renewInTime(event: SecretEvent): Promise<void> {
    if (event.label !== label || !(await this.#charm.unit.isLeader())) return;
    try {
      await this.renew();
    } catch (error) {
      this.#tolerate(error);
    }
  }

  /** Answers `secret-remove`: takes away a revision that nobody reads any more. Only the leader may; it may be gone, and its label with it. */
  async forget({ secretId, revision, label: given = label }: SecretEvent): Promise<void> {
    if (given !== label || revision === undefined || !(await this.#charm.unit.isLeader())) return;
    try {
      await this.#charm.model.secret(secretId).removeRevision(revision);
    } catch (error) {
      this.#tolerate(error);
    }
  }

  /** What Juju refuses or cannot do just now ends no hook: a later one tries again. */
  #tolerate(error: unknown): void {
    if (!(error instanceof HookToolError)) throw error;
    this.#charm.framework.log.warning(`credentials: ${error.message}`);
  }

  async #present(): Promise<CredentialsContent | undefined> {
    const { model, unit } = this.#charm;
    const isLeader = await unit.isLeader();
    const secret = (await model.secretByLabel(label)) ?? (isLeader ? await this.#add() : undefined);
    if (secret !== undefined && isLeader) {
      await this.#keepRotation(secret);
      await announce(this.#charm, 'present');
    }
    return secret?.content({ refresh: true });
  }

  #rotation(): Rotation {
    const wanted = this.#charm.config['credentials-rotation'];
    return isRotation(wanted) ? wanted : 'never';
  }

  async #add(): Promise<Secret> {
    const { app, framework } = this.#charm;
    const rotate = this.#rotation();
    const details = { label, description: `what ${app.name} asks for at its door`, rotate };
    const secret = await app.addSecret(this.#make(), details);
    framework.state.set(rotationKey, rotate);
    return secret;
  }

  async #keepRotation(secret: Secret): Promise<void> {
    const { state } = this.#charm.framework;
    const rotate = this.#rotation();
    if ((await state.get(rotationKey)) === rotate) return;
    await secret.setDetails({ rotate });
    state.set(rotationKey, rotate);
  }
}
