import { join } from 'node:path';
import type { ModelClock } from '../clock/model-clock.js';
import type { JujuModel } from '../model/juju-model.js';
import { nextHook } from '../model/next-hook.js';
import type { Unit } from '../model/unit.js';
import type { PebbleEvent } from '../pebble/index.js';
import type { Cluster } from '../pod/cluster.js';
import { ClaimedVolumes } from '../pod/claimed-volumes.js';
import { Pod } from '../pod/pod.js';
import type { PlainObject } from '../juju-objects/plain-object.js';
import { podObject } from '../juju-objects/pod-object.js';
import { type ImageFiles, imageFiles } from '../simulation/images.js';
import { type PodTemplate, readPodTemplate, readSettings } from '../simulation/pod-template.js';
import type { GatewayView, Settings, SimulatedWorld } from '../simulation/pod-simulation.js';
import { firstForwardedPort } from '../simulation/workloads.js';

export interface PodKeeperOptions {
  readonly model: JujuModel;
  readonly cluster: Cluster;
  readonly clock: ModelClock;
  /** Folder for the pods' file trees. */
  readonly folder: string;
  readonly record: (unit: string, kind: string, detail: string) => void;
  /** Files of images, by image. */
  readonly images: Readonly<Record<string, ImageFiles>>;
  /** Puts the charm into a new pod. */
  readonly install: (pod: Pod) => void;
}

/** Volumes of the overlay's settings, in a gateway's and in a client's pod. */
const settingsVolumes = ['gateway-config', 'pod-gateway-config'];

/** The kubelet and the StatefulSet controller in one: every living unit has a pod made from the template as it is. */
export class PodKeeper implements SimulatedWorld {
  readonly #options: PodKeeperOptions;
  readonly #pods = new Map<string, Pod>();
  readonly #templates = new Map<string, string>();
  /** The template of a stored StatefulSet, whose object never changes. */
  readonly #texts = new WeakMap<PlainObject, string>();
  readonly #vpn = new Map<string, 'up' | 'down'>();
  readonly #ports = new Map<string, number>();
  readonly #volumes = new ClaimedVolumes();
  #nextPod = 1;

  constructor(options: PodKeeperOptions) {
    this.#options = options;
  }

  get(unit: string): Pod | undefined {
    return this.#pods.get(unit);
  }

  get all(): readonly Pod[] {
    return [...this.#pods.values()];
  }

  /** Whether a VPN of this unit can connect. */
  setVpn(unit: string, state: 'up' | 'down'): void {
    this.#vpn.set(unit, state);
    this.refresh();
  }

  /** The port that the VPN provider forwards to this unit from now on. */
  setForwardedPort(unit: string, port: number): void {
    this.#ports.set(unit, port);
    this.refresh();
  }

  /** Lets every pod look at the world again. */
  refresh(): void {
    for (const pod of this.#pods.values()) pod.refresh();
  }

  gateway(dnsName: string): GatewayView | undefined {
    const [service = '', namespace] = dnsName.split('.');
    if (namespace !== undefined && namespace !== this.#options.model.name) return undefined;
    const app = service.replace(/-endpoints$/, '');
    const pod = this.all.find(
      (candidate) => candidate.unit.startsWith(`${app}/`) && candidate.template.containers.includes('gateway-sidecar'),
    );
    return pod === undefined ? undefined : { settings: pod.settings, tunnel: pod.tunnel };
  }

  /** Starts pods of new units, replaces outdated ones whose last hook has ended, removes those of dead units. */
  async sync(): Promise<void> {
    const { model } = this.#options;
    const units = model.units;
    for (const [name, pod] of this.#pods) {
      if (!units.some((unit) => unit.name === name)) await this.#remove(name, pod);
    }
    for (const unit of units) {
      if (this.#pods.has(unit.name)) await this.#replaceOutdated(unit);
      else if (unit.life === 'alive') await this.#start(unit);
    }
  }

  /** Deletes a pod by hand, as `kubectl delete pod` does. */
  evict(unit: Unit): void {
    unit.memory.replacing = true;
  }

  /** An application is gone, and its volumes with it. */
  forget(app: string): void {
    this.#volumes.forget(app);
  }

  async close(): Promise<void> {
    for (const [name, pod] of this.#pods) await this.#remove(name, pod);
  }

  async #replaceOutdated(unit: Unit): Promise<void> {
    const { model, record } = this.#options;
    const { memory } = unit;
    if (!memory.replacing) {
      if (this.#templates.get(unit.name) === this.#templateText(unit.app)) return;
      // A rolling update takes the highest number first and waits until its new pod answers, whatever its hooks do.
      const sameApp = model.units.filter((other) => other.app === unit.app && other !== unit);
      if (sameApp.some((other) => other.memory.replacing || (other.number > unit.number && this.#outdated(other))))
        return;
      memory.replacing = true;
    }
    if (nextHook(model, unit) !== undefined) return;
    const old = this.#pods.get(unit.name);
    if (old !== undefined) await this.#remove(unit.name, old);
    memory.podReplaced();
    await this.#start(unit);
    record(
      unit.name,
      'pod-replaced',
      `new pod at ${unit.address}: ${this.get(unit.name)?.template.containers.join(', ') ?? ''}`,
    );
  }

  #outdated(unit: Unit): boolean {
    return this.#templates.get(unit.name) !== this.#templateText(unit.app);
  }

  async #start(unit: Unit): Promise<void> {
    const { model, cluster, clock, folder, record, images } = this.#options;
    const number = this.#nextPod;
    this.#nextPod += 1;
    const application = model.application(unit.app);
    const stateful = this.#statefulSet(unit.app);
    const template = readPodTemplate(stateful);
    unit.address = `10.1.${Math.floor(number / 250)}.${(number % 250) + 4}`;
    this.#templates.set(unit.name, this.#templateText(unit.app));
    const containers = Object.keys(application.charm.containers).sort();
    const pod = await Pod.start({
      unit: unit.name,
      root: join(folder, String(number)),
      address: unit.address,
      namespace: model.name,
      containers,
      template,
      images: Object.fromEntries(containers.map((name) => [name, application.imageOf(name)])),
      files: Object.fromEntries(containers.map((name) => [name, imageFiles(application.imageOf(name), images)])),
      volumes: (name, container) => this.#volumes.of(name, template, container),
      serviceAccount: { token: cluster.token(model.name, unit.name), caCertificate: cluster.caCertificate },
      clock,
      world: this,
      settings: () => this.#settings(template),
      vpn: () => this.#vpn.get(unit.name) ?? 'up',
      forwardedPort: () => this.#ports.get(unit.name) ?? firstForwardedPort,
      journal: (container, kind, detail) => {
        record(unit.name, kind, `${container}: ${detail}`);
      },
      onNetwork: (name) => {
        record(unit.name, 'pod-network', name);
      },
      onPebbleEvent: (container, event) => {
        this.#pebbleEvent(unit, container, event);
      },
    });
    this.#pods.set(unit.name, pod);
    this.#options.install(pod);
    const { name, uid, address } = pod;
    cluster.put(podObject({ name, uid, address, namespace: model.name, app: unit.app }, stateful));
    record(unit.name, 'pod-started', `${pod.name} at ${pod.address}: ${template.containers.join(', ')}`);
    this.refresh();
  }

  async #remove(unit: string, pod: Pod): Promise<void> {
    this.#pods.delete(unit);
    this.#templates.delete(unit);
    await pod.stop();
    this.#options.cluster.delete({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: this.#options.model.name,
      name: pod.name,
    });
    this.refresh();
  }

  #pebbleEvent(unit: Unit, container: string, event: PebbleEvent): void {
    const { memory } = unit;
    switch (event.kind) {
      case 'ready':
        memory.readyContainers.add(container);
        break;
      case 'check-failed':
        memory.workloadEvents.push({ kind: 'pebble-check-failed', container, check: event.check });
        break;
      case 'check-recovered':
        memory.workloadEvents.push({ kind: 'pebble-check-recovered', container, check: event.check });
        break;
      case 'exit':
        void this.get(unit.name)?.containers.get(container)?.restart();
    }
  }

  #statefulSet(app: string): PlainObject | undefined {
    return this.#options.cluster.get({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      namespace: this.#options.model.name,
      name: app,
    });
  }

  #templateText(app: string): string {
    const object = this.#statefulSet(app);
    if (object === undefined) return '';
    const known = this.#texts.get(object);
    if (known !== undefined) return known;
    const { spec } = object;
    const text = typeof spec === 'object' && spec !== null && 'template' in spec ? JSON.stringify(spec.template) : '';
    this.#texts.set(object, text);
    return text;
  }

  #settings(template: PodTemplate): Settings {
    const name = settingsVolumes.map((volume) => template.configMaps[volume]).find((found) => found !== undefined);
    if (name === undefined) return {};
    return readSettings(
      this.#options.cluster.get({ apiVersion: 'v1', kind: 'ConfigMap', namespace: this.#options.model.name, name }),
    );
  }
}
