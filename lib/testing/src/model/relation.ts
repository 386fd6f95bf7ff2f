import type { EndpointRole } from '../charm/charm-definition.js';
import type { Life } from './life.js';
import { Databag } from './databag.js';

/** One side of a relation. */
export interface RelationSide {
  readonly app: string;
  readonly endpoint: string;
  readonly role: EndpointRole;
}

/** A relation between two endpoints, or of one peer endpoint with itself. */
export class Relation {
  readonly id: number;
  readonly interface: string;
  readonly sides: readonly RelationSide[];
  life: Life = 'alive';
  /** Units that have entered the relation and not left it: what the other side sees as members. */
  readonly scope = new Set<string>();
  readonly #bags = new Map<string, Databag>();

  constructor(id: number, interfaceName: string, sides: readonly RelationSide[]) {
    this.id = id;
    this.interface = interfaceName;
    this.sides = sides;
  }

  get isPeer(): boolean {
    return this.sides.length === 1;
  }

  sideOf(app: string): RelationSide | undefined {
    return this.sides.find((side) => side.app === app);
  }

  /** The other application; its own for a peer relation. */
  remoteAppOf(app: string): string {
    return (this.sides.find((side) => side.app !== app) ?? this.sides[0])?.app ?? app;
  }

  /** Units in the relation that the given unit sees, by name. */
  membersFor(unit: string): readonly string[] {
    const own = unit.split('/')[0] ?? unit;
    const remote = this.remoteAppOf(own);
    return [...this.scope].filter((name) => name !== unit && name.startsWith(`${remote}/`)).sort();
  }

  /** The databag of an application or unit of this relation. */
  bag(entity: string): Databag {
    const found = this.#bags.get(entity);
    if (found !== undefined) return found;
    const created = new Databag();
    this.#bags.set(entity, created);
    return created;
  }

  hasBag(entity: string): boolean {
    return this.#bags.has(entity);
  }
}
