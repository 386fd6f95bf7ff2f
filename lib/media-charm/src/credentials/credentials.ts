import type { CharmBase, Secret } from '@charm-ts/ops';
import type { MediaMetadata } from '../media-metadata.js';
import { announce } from './announcement.js';
import { isRotation, type Rotation } from './rotation.js';

/** The secret's content: `api-key`, or `username` and `password`. */
export type CredentialsContent = Readonly<Record<string, string>>;

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

  /** The latest credentials. The leader makes them when there are none; another unit gets undefined until it has. */
  async present(): Promise<CredentialsContent | undefined> {
    const { model, unit } = this.#charm;
    const isLeader = await unit.isLeader();
    const secret = (await model.secretByLabel(label)) ?? (isLeader ? await this.#add() : undefined);
    if (secret !== undefined && isLeader) {
      await this.#keepRotation(secret);
      await announce(this.#charm, 'present');
    }
    return secret?.content({ refresh: true });
  }

  /** Makes a new revision, of which the other units are told, and gives the identifier of the secret. Only the leader may. */
  async renew(): Promise<string> {
    const secret = (await this.#charm.model.secretByLabel(label)) ?? (await this.#add());
    await secret.setContent(this.#make());
    await announce(this.#charm, 'renewed');
    return secret.id();
  }

  /** Whether an event of Juju is about this secret. */
  isOurs(event: { readonly label?: string }): boolean {
    return event.label === label;
  }

  #rotation(): Rotation {
    const wanted = this.#charm.config['credentials-rotation'];
    return isRotation(wanted) ? wanted : 'never';
  }

  async #add(): Promise<Secret> {
    const { app, framework } = this.#charm;
    const rotate = this.#rotation();
    framework.state.set(rotationKey, rotate);
    return app.addSecret(this.#make(), { label, description: `what ${app.name} asks for at its door`, rotate });
  }

  async #keepRotation(secret: Secret): Promise<void> {
    const { state } = this.#charm.framework;
    const rotate = this.#rotation();
    if ((await state.get(rotationKey)) === rotate) return;
    await secret.setDetails({ rotate });
    state.set(rotationKey, rotate);
  }
}
