import { OpsError, brandError } from '@charm-ts/ops';

/** The charm tried to publish data that breaks the relation's contract: a mistake in the charm, not in the model. */
export class ContractError extends OpsError {
  static {
    brandError(this, 'VpnGatewayContractError');
  }
  readonly code = 'vpn-gateway-contract';
  /** One sentence a fault, each starting with the field's name. */
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the data breaks the vpn-gateway contract: ${faults.join('; ')}`);
    this.faults = faults;
  }
}
