import { seededRandom } from './seeded-random.js';

/** Choices that are the same for the same seed. */
export class Dice {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seededRandom(seed);
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of them; undefined of none. */
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** One of them, the heavier the more often. */
  pickHeavy<T extends { readonly weight: number }>(items: readonly T[]): T | undefined {
    let left = this.below(items.reduce((sum, { weight }) => sum + weight, 0));
    return items.find(({ weight }) => (left -= weight) < 0);
  }

  /** Small letters and digits. */
  word(length: number): string {
    return Array.from({ length }, () => this.below(36).toString(36)).join('');
  }
}
