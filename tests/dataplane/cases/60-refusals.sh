# shellcheck shell=bash
group 'init containers that refuse'
need_no_pods

# In the node's own network: the namespace with the bridge and the pods' ends stands for it.
create_pod host 10.1.0.30 "$BED/objects/sabnzbd.json"
umount /run/netns/dp-host
link_is_gone() { ! ip -n dp-node link show "$(pod_port 10.1.0.30)" >/dev/null 2>&1; }
wait_until 5 link_is_gone
before=$(inside dp-node iptables-save | grep -v '^[#:]'; ip -n dp-node route)
touch /run/netns/dp-host
mount --bind /run/netns/dp-node /run/netns/dp-host
ip -n dp-node link add eth0 type dummy 2>/dev/null || ip -n dp-node link add eth0 type veth peer name eth0-end
check_not 'vpn-route-init refuses hostNetwork' run_container host vpn-route-init
check_equal 'and leaves the node as it was' "$before" "$(inside dp-node iptables-save | grep -v '^[#:]'; ip -n dp-node route)"
ip -n dp-node link del eth0
umount /run/netns/dp-host
umount "$BED/pods/host/uts"
rm -f /run/netns/dp-host
ip -n dp-node link del "$(pod_port 10.1.0.30)" 2>/dev/null

