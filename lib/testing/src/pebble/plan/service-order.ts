import { Refused } from '../refused.js';
import type { Sections } from './sections.js';

type Services = Sections['services'];

/** The services that must be started for those named (what they require included), or stopped with them (what requires them included), in order. */
export function serviceOrder(
  services: Services,
  names: readonly string[],
  direction: 'start' | 'stop',
): readonly string[] {
  const involved = withDependencies(services, names, direction);
  const earlier = new Map([...involved].map((name) => [name, new Set<string>()]));
  for (const name of involved) {
    const { after = [], before = [] } = services[name] ?? {};
    const [first, then] = direction === 'start' ? [after, before] : [before, after];
    for (const other of first) if (involved.has(other)) earlier.get(name)?.add(other);
    for (const other of then) earlier.get(other)?.add(name);
  }
  const order: string[] = [];
  while (earlier.size > 0) {
    const [next] = [...earlier].filter(([, waits]) => [...waits].every((other) => !earlier.has(other)));
    if (next === undefined) {
      throw new Refused(`services in before/after loop: ${[...earlier.keys()].sort().join(', ')}`);
    }
    earlier.delete(next[0]);
    order.push(next[0]);
  }
  return order;
}

function withDependencies(
  services: Services,
  names: readonly string[],
  direction: 'start' | 'stop',
): ReadonlySet<string> {
  const involved = new Set<string>();
  const pending = [...names];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (involved.has(name)) continue;
    const service = Object.hasOwn(services, name) ? services[name] : undefined;
    if (service === undefined) throw new Refused(`service "${name}" does not exist`);
    involved.add(name);
    pending.push(...(direction === 'start' ? (service.requires ?? []) : dependents(services, name)));
  }
  return involved;
}

function dependents(services: Services, name: string): readonly string[] {
  return Object.entries(services).flatMap(([other, { requires }]) =>
    requires?.includes(name) === true ? [other] : [],
  );
}
