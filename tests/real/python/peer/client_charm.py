"""A client charm whose VPN part is the published library's: the order of steps is that of the published client charms."""

import in_pod
import ops
from charmarr_lib.vpn import reconcile_gateway_client
from charmarr_lib.vpn.interfaces import VPNGatewayRequirer, VPNGatewayRequirerData

ENDPOINT = "vpn-gateway"
LAYER = ops.pebble.Layer(
    {"services": {"workload": {"override": "replace", "command": "/bin/workload", "startup": "enabled"}}}
)


class ClientCharm(ops.CharmBase):
    """Reconciles in every event that the published charms reconcile in."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.vpn = VPNGatewayRequirer(self, ENDPOINT)
        events = self.on[ENDPOINT]
        observed = (
            self.on.config_changed,
            self.on.update_status,
            self.on.leader_elected,
            self.on.workload_pebble_ready,
            events.relation_created,
            events.relation_joined,
            events.relation_broken,
            self.vpn.on.changed,
        )
        for event in observed:
            framework.observe(event, self._reconcile)

    def _reconcile(self, _: ops.EventBase) -> None:
        if not self.model.relations[ENDPOINT]:
            self.unit.status = ops.BlockedStatus("Waiting for vpn-gateway relation")
            return
        self.vpn.publish_data(VPNGatewayRequirerData(instance_name=self.app.name))
        data = self.vpn.get_gateway()
        reconcile_gateway_client(in_pod.manager(), self.app.name, self.model.name, data, killswitch=True)
        workload = in_pod.pebble("workload")
        workload.add_layer("workload", LAYER, combine=True)
        workload.replan_services()
        if data is not None and not self.vpn.is_ready():
            self.unit.status = ops.WaitingStatus("Waiting for VPN connection")
        else:
            self.unit.status = ops.ActiveStatus()


ops.main(ClientCharm)
