import { asObject, members } from '../json/json.js';
import type { JsonObject } from '../json/json.js';
import type { PathStep } from './field-path.js';

/** A set of paths into an object, which is what a field manager owns. Immutable. */
export class FieldSet {
  static readonly empty = new FieldSet(false, new Map());

  /** Whether the path that leads here belongs to the set itself. */
  readonly #isMember: boolean;
  readonly #children: ReadonlyMap<PathStep, FieldSet>;

  private constructor(isMember: boolean, children: ReadonlyMap<PathStep, FieldSet>) {
    this.#isMember = isMember;
    this.#children = children;
  }

  static #of(isMember: boolean, children: Iterable<readonly [PathStep, FieldSet]>): FieldSet {
    const kept = new Map([...children].filter(([, child]) => !child.isEmpty));
    return !isMember && kept.size === 0 ? FieldSet.empty : new FieldSet(isMember, kept);
  }

  /** The set of just the path that leads here. */
  static readonly here = new FieldSet(true, new Map());

  static ofPath(path: readonly PathStep[]): FieldSet {
    const [step, ...rest] = path;
    return step === undefined ? FieldSet.here : FieldSet.below(step, FieldSet.ofPath(rest));
  }

  static below(step: PathStep, child: FieldSet): FieldSet {
    return FieldSet.#of(false, [[step, child]]);
  }

  /** The set of everything below some steps, and of the path that leads here if `isMember`. A step may come twice. */
  static branch(isMember: boolean, children: Iterable<readonly [PathStep, FieldSet]>): FieldSet {
    const joined = new Map<PathStep, FieldSet>();
    for (const [step, child] of children) {
      const known = joined.get(step);
      joined.set(step, known === undefined ? child : known.union(child));
    }
    return FieldSet.#of(isMember, joined);
  }

  /** The same set, with the path that leads here. */
  withHere(): FieldSet {
    return this.#isMember ? this : new FieldSet(true, this.#children);
  }

  static union(sets: Iterable<FieldSet>): FieldSet {
    let result = FieldSet.empty;
    for (const set of sets) result = result.union(set);
    return result;
  }

  /** Reads `fieldsV1` of a managed fields entry. */
  static parse(fields: JsonObject): FieldSet {
    return FieldSet.#parse(fields, false);
  }

  static #parse(fields: JsonObject, leafIsMember: boolean): FieldSet {
    const entries = members(fields);
    const isMember = leafIsMember && (entries.length === 0 || '.' in fields);
    const children = entries.filter(([step]) => step !== '.');
    return FieldSet.#of(
      isMember,
      children.map(([step, value]) => [step, FieldSet.#parse(asObject(value), true)]),
    );
  }

  /** As `fieldsV1`: a member without children is `{}`, one with children has the entry `.`. */
  toFieldsV1(): JsonObject {
    const children = [...this.#children].map(([step, child]) => [step, child.toFieldsV1()] as const);
    const own = this.#isMember && children.length > 0 ? { '.': {} } : {};
    return { ...own, ...Object.fromEntries(children.toSorted(([left], [right]) => (left < right ? -1 : 1))) };
  }

  get isEmpty(): boolean {
    return !this.#isMember && this.#children.size === 0;
  }

  get isMember(): boolean {
    return this.#isMember;
  }

  /** The steps that have anything below them. */
  get steps(): Iterable<PathStep> {
    return this.#children.keys();
  }

  /** What lies below a step. */
  at(step: PathStep): FieldSet {
    return this.#children.get(step) ?? FieldSet.empty;
  }

  has(path: readonly PathStep[]): boolean {
    return path.reduce<FieldSet>((set, step) => set.at(step), this).isMember;
  }

  union(other: FieldSet): FieldSet {
    if (other.isEmpty) return this;
    if (this.isEmpty) return other;
    const steps = new Set([...this.#children.keys(), ...other.#children.keys()]);
    return FieldSet.#of(
      this.#isMember || other.#isMember,
      [...steps].map((step) => [step, this.at(step).union(other.at(step))]),
    );
  }

  /** The paths of this set that the other one does not have; a path in the other set does not take what lies below it along. */
  difference(other: FieldSet): FieldSet {
    if (other.isEmpty) return this;
    return FieldSet.#of(
      this.#isMember && !other.#isMember,
      [...this.#children].map(([step, child]) => [step, child.difference(other.at(step))]),
    );
  }

  intersection(other: FieldSet): FieldSet {
    if (other.isEmpty) return other;
    return FieldSet.#of(
      this.#isMember && other.#isMember,
      [...this.#children].map(([step, child]) => [step, child.intersection(other.at(step))]),
    );
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty && other.difference(this).isEmpty;
  }

  /** All paths, a member before what lies below it. */
  *paths(prefix: readonly PathStep[] = []): Iterable<readonly PathStep[]> {
    if (this.#isMember) yield prefix;
    for (const [step, child] of this.#children) yield* child.paths([...prefix, step]);
  }
}
