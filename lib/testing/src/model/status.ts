/** A workload or application status as `juju status` shows it. */
export interface Status {
  readonly name: 'active' | 'blocked' | 'error' | 'maintenance' | 'unknown' | 'waiting' | 'terminated';
  readonly message: string;
}

/** The ones that `status-set` accepts. */
export const settableStatuses = ['active', 'blocked', 'maintenance', 'waiting'] as const;
