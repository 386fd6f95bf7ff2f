# shellcheck shell=bash disable=SC2034 # names for the files of the bed
# The addresses of the bed. Documentation ranges stand for the Internet, the others are those of a small MicroK8s.
readonly WEB=198.51.100.80 WEB6=2001:db8:80::80 PUBLIC_DNS=8.8.8.8
readonly VPN_SERVER=198.51.100.51 VPN_PORT=51820 VPN_EXIT=198.51.100.200
readonly NODE_OUTSIDE=203.0.113.10 NODE_OUTSIDE6=2001:db8:1::10 NODE=192.168.7.9
readonly BRIDGE=10.1.0.1 BRIDGE6=fd00:10:1::1
readonly CLUSTER_DNS=10.152.183.10 CLUSTER_DNS_POD=10.1.0.53
readonly API_SERVICE=10.152.183.1 API_PORT=16443
readonly CONTROLLER_SERVICE=10.152.183.61 CONTROLLER_POD=10.1.0.61 CONTROLLER_OUTSIDE=203.0.113.170
readonly OVERLAY=172.16.0 VXLAN_PORT=4790 VERDICT_PORT=14791
readonly GATEWAY=10.1.0.10 CLIENT=10.1.0.21 SECOND_CLIENT=10.1.0.22 OPEN_POD=10.1.0.40
readonly GATEWAY_NAME=gluetun-endpoints.media.svc.cluster.local

# ipv6_of IPV4: the pod's second address.
ipv6_of() { printf 'fd00:10:1::%s\n' "${1##*.}"; }
