import { type Environment, requiredVariable, variable } from './environment.js';

const agentsFolder = '/var/lib/juju/agents/';

/** What Juju's environment says about the unit, whatever the event. Immutable. */
export class JujuContext {
  /** `hooks/<name>` or `actions/<name>`. */
  readonly dispatchPath: string;
  readonly unitName: string;
  readonly appName: string;
  readonly modelName: string;
  readonly modelUuid: string;
  /** `0.0.0` where Juju does not tell. */
  readonly jujuVersion: string;
  /** The charm's folder in the pod. */
  readonly charmDir: string;
  /** Addresses of the controllers, `host:port`. */
  readonly apiAddresses: readonly string[];
  /**
   * What stands before every absolute path inside the pod: the part of the charm's folder before `/var/lib/juju/agents/`.
   * Empty in production; a sandbox that keeps pods in folders has a prefix here.
   */
  readonly root: string;

  /** Throws {@link EnvironmentError} with the name of a variable that is missing. */
  constructor(environment: Environment) {
    const required = (name: string): string => requiredVariable(environment, name, 'every hook and action');
    this.dispatchPath = required('JUJU_DISPATCH_PATH');
    this.unitName = required('JUJU_UNIT_NAME');
    this.appName = this.unitName.replace(/\/\d+$/, '');
    this.modelName = required('JUJU_MODEL_NAME');
    this.modelUuid = required('JUJU_MODEL_UUID');
    this.charmDir = required('JUJU_CHARM_DIR');
    this.jujuVersion = variable(environment, 'JUJU_VERSION') ?? '0.0.0';
    this.apiAddresses = Object.freeze((environment['JUJU_API_ADDRESSES'] ?? '').split(/\s+/).filter((a) => a !== ''));
    this.root = this.charmDir.slice(0, Math.max(0, this.charmDir.indexOf(agentsFolder)));
    Object.freeze(this);
  }
}
