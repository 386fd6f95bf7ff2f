# shellcheck shell=bash
# shellcheck disable=SC2034 # the matrix and start_gluetun read them
# Rows about names: what leaves is counted at the server of the cluster, which asks the node's for every name that is not the cluster's.

# ask POD NAME [@SERVER]: in both protocols.
ask() {
  if [[ $GATED == yes && $1 != gateway ]] && ! gate_is_open "$1" >>"$BED/log/gate.log"; then return 0; fi
  exec_in "$1" app dig +short +tries=1 +time=1 "${@:2}" >/dev/null 2>&1 &
  exec_in "$1" app dig +short +tries=1 +time=1 +tcp "${@:2}" >/dev/null 2>&1
  wait "$!"
}

outside_names() {
  pair
  ask sabnzbd "$RANDOM.example.org"
  ask sabnzbd "$RANDOM.example.org" "@$CLUSTER_DNS"
  ask sabnzbd "$RANDOM.example.org" "@$CLUSTER_DNS_POD"
  resolves() { [[ $(exec_in sabnzbd app dig +short +tries=1 +time=2 example.org) == "$WEB" ]]; }
  expect 'names of the Internet are resolved' wait_until 10 resolves
  resolves_cluster() { [[ $(exec_in sabnzbd app dig +short +tries=1 +time=2 kubernetes.default.svc.cluster.local) == "$API_SERVICE" ]]; }
  expect 'names of the cluster are resolved' wait_until 10 resolves_cluster
}
scenario 7 'names of the Internet are asked of the servers of the cluster' 'firewall redirect gate' outside_names

without_tunnel_names() {
  GLUETUN_CHANGES=$(has_layer resolver || echo 'dns_fallback=yes')
  fresh_pair
  tunnel_down
  ask sabnzbd "$RANDOM.example.org"
  ask sabnzbd "$RANDOM.example.org" "@$OVERLAY.1"
  tunnel_up
  ask sabnzbd "$RANDOM.example.org" "@$OVERLAY.1"
  GLUETUN_CHANGES=
  need_no_pods
}
scenario 8 "the gateway's resolver has no tunnel" 'resolver resolv-conf' without_tunnel_names

search_domain() {
  pair
  ask sabnzbd nas.lan
  ask sabnzbd +search nas
  ask sabnzbd nas.lan "@$CLUSTER_DNS"
  ask sabnzbd 9.7.168.192.in-addr.arpa PTR
}
scenario 9 "names in the node's own search domain" 'firewall redirect gate' search_domain

# What the client asks of the gateway, Gluetun may ask of a server that it knows.
private_domains() {
  pair
  ask sabnzbd nas.lan
  ask sabnzbd router.home "@$OVERLAY.1"
}
scenario private-domain 'names of private domains through the gateway' 'resolv-conf' private_domains

# NodeLocal DNS: an address of the link on the node, which forwards to the server of the cluster.
node_local() {
  ip -n dp-node addr add 169.254.20.10/32 dev lo 2>/dev/null
  pgrep -f 'listen-address=169.254.20.10' >/dev/null || service dp-node dnsmasq -k --conf-file=/dev/null --no-resolv --no-hosts --pid-file= --user=root --bind-interfaces \
    --listen-address=169.254.20.10 --server="$CLUSTER_DNS_POD" --cache-size=0
  need_no_pods
  pair
  change_setting sabnzbd CLUSTER_DNS 169.254.20.10
  answers_there() { [[ $(exec_in sabnzbd app dig +short +tries=1 +time=2 kubernetes.default.svc.cluster.local) == "$API_SERVICE" ]]; }
  [[ $MODE == all ]] && change_resolv_conf
  expect "names of the cluster are resolved by the node's server" wait_until 20 answers_there
  wait_until 10 leads_there
  ask sabnzbd "$RANDOM.example.org" @169.254.20.10
  delete_pod sabnzbd
}
leads_there() { [[ $(ip -n dp-sabnzbd route get 169.254.20.10) == *' dev eth0 '* ]]; }
change_resolv_conf() { sed -i 's/^nameserver .*/nameserver 169.254.20.10/' "$BED/pods/sabnzbd/resolv.conf"; }
scenario 23 'the cluster has a name server on the node (169.254.20.10)' 'firewall redirect gate' node_local
