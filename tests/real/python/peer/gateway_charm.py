"""A gateway charm whose overlay is the published library's; what its tunnel would tell comes from an option."""

import json

import in_pod
import ops
from charmarr_lib.vpn import get_cluster_dns_ip, reconcile_gateway
from charmarr_lib.vpn.interfaces import VPNGatewayProvider, VPNGatewayProviderData

ENDPOINT = "vpn-gateway"


class GatewayCharm(ops.CharmBase):
    """Publishes in every event, as the published gateway does."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.vpn = VPNGatewayProvider(self, ENDPOINT)
        events = self.on[ENDPOINT]
        for event in (self.on.config_changed, self.on.update_status, events.relation_created, events.relation_changed):
            framework.observe(event, self._reconcile)

    def _reconcile(self, _: ops.EventBase) -> None:
        manager = in_pod.manager()
        data = VPNGatewayProviderData(
            gateway_dns_name=f"{self.app.name}-endpoints.{self.model.name}.svc.cluster.local",
            cluster_dns_ip=get_cluster_dns_ip(manager),
            instance_name=self.app.name,
            **json.loads(str(self.config["fields"])),
        )
        reconcile_gateway(manager, self.app.name, self.model.name, data, input_cidrs=[])
        self.vpn.publish_data(data)
        self.unit.status = ops.ActiveStatus(f"{len(self.vpn.get_connected_clients())} clients")


ops.main(GatewayCharm)
