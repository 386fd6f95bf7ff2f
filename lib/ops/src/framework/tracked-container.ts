import type { Container } from '../pebble/container.js';
import type { PendingCalls } from './pending-calls.js';

const readers: ReadonlySet<PropertyKey> = new Set([
  'canConnect',
  'services',
  'checks',
  'check',
  'plan',
  'pull',
  'exists',
  'listFiles',
]);

/** The same container, whose calls are followed to their end. */
export const trackedContainer = (container: Container, calls: PendingCalls): Container =>
  new Proxy(container, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        const result: unknown = Reflect.apply(value, target, args);
        if (result instanceof Promise)
          calls.track(`${target.name}.${String(property)}()`, !readers.has(property), result);
        return result;
      };
    },
  });
