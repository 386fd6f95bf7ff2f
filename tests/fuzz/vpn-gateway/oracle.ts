import type { Entry } from './journal.js';

/** What the journal has said so far. */
interface Sight {
  data: Extract<Entry, { what: 'relation' }>['data'];
  overlay: number;
  unsafe: boolean;
  path: boolean;
  podOverlay: number | undefined;
  policy: boolean;
  configMap: boolean;
  template: boolean;
  runs: boolean;
  status: string;
}

/**
 * The first promise that the journal breaks, or `undefined`. Written from the text, without a look at the library:
 * no workload starts unprotected, the policy never goes before the workload has been stopped, `protected` is reached once inputs are good.
 */
export const judge = (journal: readonly Entry[]): string | undefined => {
  const sight: Sight = {
    data: 'none',
    overlay: 0,
    unsafe: false,
    path: false,
    podOverlay: undefined,
    policy: false,
    configMap: false,
    template: false,
    runs: false,
    status: '',
  };
  for (const entry of journal) {
    const broken = breach(entry, sight);
    if (broken !== undefined) return broken;
    note(entry, sight);
  }
  return undefined;
};

const breach = (entry: Entry, sight: Sight): string | undefined => {
  switch (entry.what) {
    case 'workload':
      return entry.runs ? badStart(sight) : undefined;
    case 'policy':
    case 'config-map':
    case 'template':
      return entry.by === 'charm' ? badWrite(entry, sight) : undefined;
    case 'hook-end':
      return badEnd(sight);
    case 'hook-failed':
      return `a hook failed: ${entry.message}`;
    case 'settled':
      return entry.related ? notProtected(sight) : notFree(sight);
    default:
      return undefined;
  }
};

const badStart = ({ data, overlay, unsafe, path, podOverlay, policy, template }: Sight): string | undefined => {
  if (data === 'none') {
    if (!unsafe) return 'started without a relation and without unsafe-mode';
    return policy || template || podOverlay !== undefined ? 'started while the protection was going' : undefined;
  }
  if (data !== 'up') return `started with data: ${data}`;
  if (!policy) return 'started without the policy';
  if (podOverlay !== overlay) return 'started in a pod that was not made from the protected template';
  return path ? undefined : 'started on a bad path';
};

type Write = Extract<Entry, { what: 'policy' | 'config-map' | 'template' }>;

const badWrite = (entry: Write, sight: Sight): string | undefined => {
  const takesAway = entry.what === 'template' ? !entry.ours : !entry.exists;
  return takesAway ? badRemoval(entry.what, sight) : badAddition(entry.what, sight);
};

const badRemoval = (
  what: Write['what'],
  { data, configMap, runs, template, podOverlay }: Sight,
): string | undefined => {
  if (data !== 'none') return `took the ${what} away while a gateway was related`;
  if (runs) return `took the ${what} away while the workload ran`;
  if (what !== 'template' && (template || podOverlay !== undefined)) {
    return `took the ${what} away while a pod still needed it`;
  }
  return what === 'policy' && configMap ? 'took the policy away before the ConfigMap' : undefined;
};

const badAddition = (what: Write['what'], { data, policy, configMap, runs, path }: Sight): string | undefined => {
  if (data === 'none') return `wrote a ${what} without a relation`;
  if (runs && !path) return `wrote a ${what} while the workload ran unprotected`;
  if (what === 'template' && !(policy && configMap)) return 'closed the pod before the policy and the ConfigMap';
  return what === 'config-map' && !policy ? 'wrote the ConfigMap before the policy' : undefined;
};

const badEnd = ({ data, unsafe, path, runs, policy, template }: Sight): string | undefined => {
  if (!runs) return undefined;
  if (data !== 'none') return path ? undefined : 'left the workload running on a bad path';
  if (!unsafe) return 'left the workload running without a relation';
  return policy || template ? 'left the workload running while the protection was going' : undefined;
};

const notProtected = ({ status, runs }: Sight): string | undefined =>
  status.startsWith('protected active: VPN on') && runs ? undefined : `did not become protected: ${status}`;

const notFree = ({ policy, configMap, template, podOverlay, runs, unsafe, status }: Sight): string | undefined => {
  if (policy || configMap || template || podOverlay !== undefined) return `left something behind: ${status}`;
  return runs === unsafe ? undefined : `ended ${runs ? 'running' : 'stopped'}: ${status}`;
};

const note = (entry: Entry, sight: Sight): void => {
  switch (entry.what) {
    case 'relation':
      sight.data = entry.data;
      sight.overlay = entry.overlay;
      return;
    case 'unsafe':
      sight.unsafe = entry.set;
      return;
    case 'path':
      sight.path = entry.good;
      return;
    case 'pod':
      sight.podOverlay = entry.overlay;
      sight.runs = false;
      return;
    case 'container':
      sight.runs = false;
      return;
    case 'policy':
      sight.policy = entry.exists;
      return;
    case 'config-map':
      sight.configMap = entry.exists;
      return;
    case 'template':
      sight.template = entry.ours;
      return;
    case 'workload':
      sight.runs = entry.runs;
      return;
    case 'hook-end':
      sight.status = entry.status;
      return;
    default:
      return;
  }
};
