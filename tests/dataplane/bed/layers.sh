# shellcheck shell=bash
# Switches for the layers that stop a leak. A layer that is off is replaced in the pod's copy of the scripts, or is not applied on the node.
#   gate            L0  the workload is started only after the charm's two witnesses have said yes
#   firewall        L1  the client's filter table
#   redirect        L1  the client's redirection of port 53
#   routes          L1  no default route but the overlay's
#   policy          L2  the client's NetworkPolicy
#   filter          L1  the gateway's filter table, gateway-init's and Gluetun's
#   guard           L3  the gateway's mangle table
#   gateway-policy  L3  the gateway's NetworkPolicy
#   prohibit        L3  the gateway's routing rule for what comes from the overlay
#   resolver        L3  the overlay's names are answered by Gluetun's resolver alone
#   resolv-conf     L3  Gluetun does not know the cluster's DNS, to which it would send private domains
readonly CLIENT_LAYERS='gate firewall redirect routes policy' GATEWAY_LAYERS='filter guard gateway-policy prohibit resolver resolv-conf'
LAYERS="$CLIENT_LAYERS $GATEWAY_LAYERS"

has_layer() { [[ " $LAYERS " == *" $1 "* ]]; }

readonly OPEN_TABLE='*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n'

# replace_function SCRIPT DEFINITION: in a file that is sourced the last definition counts; in a program the one before it calls `main`.
replace_function() {
  [[ -e $1 ]] || return 0
  if grep -q '^main$' "$1"; then
    awk -v text="$2" '/^main$/ {print text} {print}' "$1" >"$1.new" && cat "$1.new" >"$1" && rm "$1.new"
  else
    printf '\n%s\n' "$2" >>"$1"
  fi
}

# switch_off_layers POD: in its scripts, before anything of it has started.
switch_off_layers() {
  local dir
  dir=$(echo "$BED/pods/$1/volumes"/*/..data/)
  has_layer firewall || replace_function "$dir/vpn-route-firewall" "filter_table() { printf '${OPEN_TABLE}COMMIT\\n'; }"
  has_layer redirect || replace_function "$dir/vpn-route-firewall" "redirect_table() { printf '*nat\\n:VPN-DNS - [0:0]\\nCOMMIT\\n'; }"
  if ! has_layer routes; then
    replace_function "$dir/vpn-route-routes" 'delete_route() { :; }'
    # The pod's own way out stays as the second choice.
    replace_function "$dir/vpn-route-init" 'remove_default_routes() { ip -4 route show default | while read -r line; do ip -4 route add $line metric 1000; done; }'
  fi
  # In front of Gluetun's own rules, so that those are off as well.
  has_layer filter || replace_function "$dir/gateway-firewall" "own_filter_rules() { :; }
filter_table() { printf '${OPEN_TABLE}-A INPUT -j ACCEPT\\n-A FORWARD -j ACCEPT\\n-A OUTPUT -j ACCEPT\\nCOMMIT\\n'; }"
  has_layer prohibit || replace_function "$dir/gateway-init" 'rule_routes() { ip -4 rule add pref 50 lookup main suppress_prefixlength 0; }'
  has_layer guard || replace_function "$dir/gateway-firewall" "mangle_table() { printf '*mangle\\nCOMMIT\\n'; }"
}

# apply_policies [calico|cilium|gone]: those of the layers that are on; with `gone` the network has forgotten the gateway's pod.
apply_policies() {
  local file=
  if has_layer policy; then file=client; fi
  if has_layer gateway-policy; then file=$([[ -n $file ]] && echo both || echo gateway); fi
  inside dp-node nft delete table inet netpol 2>/dev/null
  [[ -n $file ]] || return 0
  if [[ $TOPOLOGY == bridge ]]; then sysctl_in dp-node net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1; fi
  inside dp-node nft -f "$PREPARED/policy-$file-${1:-calico}.nft"
}

remove_policies() { inside dp-node nft delete table inet netpol 2>/dev/null; }

# gate_is_open POD: the charm's code, asked in the pod's network.
gate_is_open() { inside "dp-$1" node "$PREPARED/gate.mjs"; }
